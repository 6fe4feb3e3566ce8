"""How to reach a reporter is nowhere but sealed; ``test_routes`` walks every page for it."""

import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail, serializers
from django.http import Http404
from django.utils.timezone import localdate
from django.views.debug import SafeExceptionReporterFilter

from binglian.domain.accounts.actions import send_waiting_mail
from binglian.domain.matters.actions import (
    accept_assignment,
    dispatch_matter,
    erase_due_contacts,
    read_contact,
    reply,
)
from binglian.domain.matters.models import Contact, Matter
from binglian.web.matters.public_report_views import report

MARKERS = ("标记称呼", "13987654321", "marker@example.org")
FIELDS = dict(zip(("name", "phone", "email"), MARKERS, strict=True))
CONTACTS = "/a/historic/matters/contacts/"


@pytest.fixture
def whole_course(send, client, drains, secretariat, giver, caplog) -> Matter:
    """Reported with a contact, refused once on the way, dispatched, looked at, answered."""
    caplog.set_level(logging.DEBUG)
    send(**FIELDS)  # without consent
    send(**FIELDS, has_agreed="on")
    matter = dispatch_matter(matter=Matter.objects.get(), category=drains, by=secretariat)
    accept_assignment(assignment=matter.assignments.get(part="lead"), by=giver)
    read_contact(matter=matter, reason="约时间上门", by=giver)
    reply(matter=matter, outcome="solved", public_text="已修好。", by=giver)
    send_waiting_mail()
    return matter


def test_no_table_holds_it_in_plain(whole_course):
    tables = [model for model in apps.get_models() if model.__module__.startswith("binglian")]
    stored = "".join(serializers.serialize("json", model.objects.all()) for model in tables)

    assert [marker for marker in MARKERS if marker in stored] == []
    assert Contact.objects.count() == 1


def test_no_log_line_and_no_mail_holds_it(whole_course, caplog):
    told = caplog.text + "".join(str(message.message()) for message in mail.outbox)

    assert len(mail.outbox) > 0
    assert [marker for marker in MARKERS if marker in told] == []


def test_an_error_report_holds_none_of_it(alliance, rf):
    request = rf.post("/p/historic/report/", FIELDS)
    with pytest.raises(Http404):
        report(request, slug="nowhere")

    shown = SafeExceptionReporterFilter().get_post_parameters(request)
    assert [shown[name] for name in FIELDS] == ["********************"] * 3


def test_each_look_is_listed_without_the_contact(whole_course, client, secretariat):
    client.force_login(secretariat)

    page = client.get(CONTACTS).content.decode()

    assert ("约时间上门" in page, whole_course.number in page) == (True, True)
    assert [marker for marker in MARKERS if marker in page] == []


def test_what_is_due_is_erased_and_the_page_says_so(whole_course, client, secretariat):
    Matter.objects.update(state="closed")
    Contact.objects.update(erase_on=localdate() - timedelta(days=1))
    client.force_login(secretariat)
    assert "binglian worker" in client.get(CONTACTS).content.decode()

    assert erase_due_contacts(today=localdate()) == 1

    assert "binglian worker" not in client.get(CONTACTS).content.decode()
    assert bytes(Contact.objects.get().sealed) == b""


def test_only_whoever_may_read_the_ledger_sees_the_looks(whole_course, client, giver):
    client.force_login(giver)

    assert client.get(CONTACTS).status_code == 403
