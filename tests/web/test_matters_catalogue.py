"""Themes, rates, the catalogue, and reporting for a resident."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.matters.actions import change_matter_rules, reply, revisit
from binglian.domain.matters.models import Category, Matter, Theme

from .matter_samples import DESK, drains_led_by, handled_by, page, reported, seated

SignIn = Callable[[User], Client]


@pytest.fixture
def drains(alliance: Alliance, giving: Organisation) -> Category:
    return drains_led_by(giving, alliance)


def test_a_catalogue_kept_as_a_file_comes_back_after_it_was_looked_at(
    client_of: SignIn, secretariat: User, drains: Category
) -> None:
    client = client_of(secretariat)
    kept = client.get(f"{DESK}catalogue/export/").content.decode("utf-8-sig")
    changed = kept.replace("排水", "排水与积水", 1).encode("utf-8-sig")
    upload = SimpleUploadedFile("list.csv", changed, "text/csv")

    seen = client.post(f"{DESK}catalogue/import/", {"file": upload})
    before = Category.objects.get(pk=drains.pk).name_zh
    sent = {"content": seen.context["content"], "name": "list.csv"}
    done = client.post(f"{DESK}catalogue/import/", sent)

    assert (seen.status_code, before) == (200, "排水")
    assert done.status_code == 302
    assert Category.objects.get(pk=drains.pk).name_zh == "排水与积水"


def test_a_catalogue_with_a_stranger_in_it_changes_nothing(
    client_of: SignIn, secretariat: User, drains: Category, giving: Organisation
) -> None:
    client = client_of(secretariat)
    kept = client.get(f"{DESK}catalogue/export/").content.decode("utf-8-sig")
    wrong = kept.replace(giving.name, "没有这家单位").encode()
    upload = SimpleUploadedFile("list.csv", wrong, "text/csv")

    answer = client.post(f"{DESK}catalogue/import/", {"file": upload})

    assert answer.status_code == 422
    assert "没有这家单位" in answer.content.decode()
    assert drains.responsibilities.get().organisation == giving


def test_an_entry_of_the_catalogue_is_changed_by_hand(
    client_of: SignIn, secretariat: User, drains: Category, needing: Organisation
) -> None:
    entry = drains.responsibilities.get()
    typed = {"organisation": needing.pk, "contact_hours": 2, "period": 3, "clock": "days"}

    answer = client_of(secretariat).post(f"{DESK}catalogue/{drains.pk}/{entry.pk}/", typed)

    assert answer.status_code == 302
    entry.refresh_from_db()
    assert (entry.organisation, entry.period, entry.clock) == (needing, 3, "days")


def test_a_worker_reports_for_a_resident_and_says_that_they_agreed(
    client_of: SignIn, alliance: Alliance, drains: Category, needing: Organisation
) -> None:
    worker = seated(alliance, "worker", Role.WORKER, needing)
    client = client_of(worker)
    typed = {"text": "张家门口下水道堵塞", "address": "示例路", "phone": "13900001234"}

    unasked = client.post(f"{DESK}new/", typed)
    done = client.post(f"{DESK}new/", typed | {"has_agreed": "on"}, follow=True)

    matter = Matter.objects.get()
    assert unasked.status_code == 422
    assert "留联系方式须先当面告知并征得同意" in unasked.content.decode()
    assert (matter.source, matter.entered_by) == (Matter.Source.WORKER, worker)
    assert matter.number in done.content.decode()
    hints = client.post(f"{DESK}new/hints/", {"text": "下水道堵塞"})
    assert "排水" in hints.content.decode()


def test_the_worker_asks_on_the_doorstep_whether_it_helped(
    client_of: SignIn,
    alliance: Alliance,
    giving: Organisation,
    giver: User,
    secretariat: User,
    needing: Organisation,
) -> None:
    worker = seated(alliance, "worker", Role.WORKER, needing)
    matter = handled_by(giving, alliance, secretariat, giver)
    Matter.objects.filter(pk=matter.pk).update(entered_by=worker)
    reply(matter=matter, outcome="solved", public_text="已疏通。", by=giver)
    client = client_of(worker)
    assert "代报的诉求，待回访" in page(client, DESK)

    typed = {"is_reached": "yes", "solved": "yes", "content": "yes"}
    answer = client.post(f"{DESK}{matter.pk}/revisit_here/", typed)

    assert answer.status_code == 302
    assert matter.replies.get().revisit.channel == "worker"


def test_rates_show_what_they_are_of_and_hide_shares_of_fewer_than_five(
    client_of: SignIn, alliance: Alliance, giving: Organisation, giver: User, secretariat: User
) -> None:
    matter = handled_by(giving, alliance, secretariat, giver)
    answer = reply(matter=matter, outcome="solved", public_text="已疏通。", by=giver)
    revisit(reply=answer, channel="phone", solved="yes", content="yes", by=secretariat)
    client = client_of(secretariat)

    text = page(client, f"{DESK}rates/")
    sheet = client.get(f"{DESK}rates/?format=csv").content.decode("utf-8-sig")

    assert "1 / 1" in text
    assert "100.0%" not in text
    assert "解决率,1,1,," in sheet


def test_a_theme_is_taken_up_with_its_evidence(
    client_of: SignIn, alliance: Alliance, drains: Category, secretariat: User, giving: Organisation
) -> None:
    matter = reported(alliance)
    theme = Theme.objects.create(alliance=alliance, month=today(), title="排水", category=drains)
    theme.matters.add(matter)
    client = client_of(secretariat)

    evidence = page(client, f"{DESK}themes/{theme.pk}/")
    typed = {"title": "老院排水反复堵塞", "lead": giving.pk}
    answer = client.post(f"{DESK}themes/{theme.pk}/adopt/", typed)

    assert matter.number in evidence
    assert answer.status_code == 302
    assert Theme.objects.get().state == Theme.State.ADOPTED


def test_the_rules_are_set_on_one_page(
    client_of: SignIn, secretariat: User, drains: Category, alliance: Alliance
) -> None:
    client = client_of(secretariat)
    form = client.get(f"{DESK}rules/").context["form"]
    kept = {field.html_name: field.value() for field in form}

    answer = client.post(f"{DESK}rules/", kept | {"objection_days": 3, "emergency_hours": 2})
    wrong = client.post(f"{DESK}rules/", kept | {"kept_days": 5})

    rules = alliance.matter_rules
    assert (answer.status_code, wrong.status_code) == (302, 422)
    assert (rules.objection_days, rules.kept_days) == (3, 180)
    assert rules.whistles["emergency"] == {"hours": 2, "period": 24, "clock": "hours"}
    assert rules.whistles["residents"] == {"hours": 24, "period": 5, "clock": "working_days"}


def test_an_unsure_proposal_is_not_dispatched_with_one_click(
    client_of: SignIn, secretariat: User, drains: Category, alliance: Alliance
) -> None:
    client = client_of(secretariat)
    reported(alliance, "院里积水")

    assert "按建议分派" not in page(client, DESK)

    change_matter_rules(alliance=alliance, by=secretariat, sure_percent=10)

    assert "按建议分派" in page(client, DESK)
