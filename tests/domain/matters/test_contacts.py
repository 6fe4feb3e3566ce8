"""How to reach a reporter is nobody's business but the handler's."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.matters.actions import (
    dispatch_matter,
    erase_due_contacts,
    erase_reporter,
    export_reporter,
    read_contact,
    reject_matter,
    report_matter,
)
from binglian.domain.matters.contact_seal import opened
from binglian.domain.matters.facts import MatterFacts
from binglian.domain.matters.models import ContactLook
from binglian.domain.refusals import ActionRefused

from .conftest import CONTACT


@pytest.fixture
def reachable(report, drains, secretariat):
    return dispatch_matter(matter=report(contact=CONTACT), category=drains, by=secretariat)


def test_it_is_stored_encrypted_and_opens_only_as_this_matters(reachable):
    content = bytes(reachable.contact.sealed)

    assert b"13900000000" not in content
    assert opened(content, reachable.pk).phone == "13900000000"
    with pytest.raises(ActionRefused, match="打不开联系方式"):
        opened(content, reachable.pk + 1)


def test_handlers_read_it_with_a_reason_and_each_look_is_kept(reachable, giver, giving):
    with pytest.raises(ActionRefused, match="请写明为什么"):
        read_contact(matter=reachable, reason=" ", by=giver)

    assert read_contact(matter=reachable, reason="约时间上门", by=giver).phone == "13900000000"

    look = ContactLook.objects.get()
    assert (look.by, look.organisation, look.reason) == (giver, giving, "约时间上门")
    assert LedgerEntry.objects.filter(act="matter.contact_read").count() == 1


def test_nobody_else_reads_it(reachable, viewer, outsider, street, lead_a, auditor, administrator):
    for user in (viewer, outsider, street, lead_a, auditor, administrator):
        with pytest.raises(PermissionDenied):
            read_contact(matter=reachable, reason="看看", by=user)


def test_a_traceback_shows_nothing_of_it():
    assert repr(CONTACT) == "ContactFacts(consent_text='同意为办理本诉求使用联系方式。')"


def test_it_is_erased_when_its_day_has_come_and_the_matter_is_closed(report, secretariat):
    matter = report(contact=CONTACT)
    day = matter.contact.erase_on

    assert erase_due_contacts(today=day) == 0  # still open
    reject_matter(matter=matter, note="广告", by=secretariat)
    assert erase_due_contacts(today=day - timedelta(days=1)) == 0
    assert (erase_due_contacts(today=day), erase_due_contacts(today=day)) == (1, 0)

    matter.contact.refresh_from_db()
    assert (bytes(matter.contact.sealed), matter.contact.erased_at is not None) == (b"", True)
    with pytest.raises(ActionRefused, match="已到期删除"):
        read_contact(matter=matter, reason="约时间", by=secretariat)


def test_reporters_take_what_is_kept_of_them_along(alliance, drains, secretariat, giver):
    facts = MatterFacts("院里下水道堵塞", contact=CONTACT)
    matter, token = both_of(report_matter(alliance=alliance, facts=facts, by=None))
    dispatch_matter(matter=matter, category=drains, by=secretariat)
    read_contact(matter=matter, reason="约时间上门", by=giver)

    kept = export_reporter(token=token)

    assert kept["contact"]["phone"] == "13900000000"
    assert [look["reason"] for look in kept["looks"]] == ["约时间上门"]
    with pytest.raises(ActionRefused, match="链接无效"):
        export_reporter(token="another")


def test_reporters_have_themselves_forgotten_and_the_matter_stays(alliance):
    facts = MatterFacts("王先生家下水道堵塞", contact=CONTACT, address="示例路 1 号 301")
    matter, token = both_of(report_matter(alliance=alliance, facts=facts, by=None))

    erase_reporter(token=token)

    matter.refresh_from_db()
    assert "王先生" not in matter.text + matter.search_text
    assert (matter.address, bytes(matter.contact.sealed)) == ("", b"")
    assert export_reporter(token=token)["contact"] is None


def both_of(reported):
    return reported.matter, reported.token
