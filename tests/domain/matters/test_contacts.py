"""How to reach a reporter is nobody's business but the handler's."""

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.matters.actions import dispatch_matter, read_contact
from binglian.domain.matters.contact_seal import opened
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
