"""What everybody sees of needs, promises and decisions: what the alliance publishes, no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.alliance.publicness import Published
from binglian.domain.coupling.models import Commitment, Need
from binglian.domain.matters.actions import report_matter
from binglian.domain.matters.facts import MatterFacts
from binglian.domain.publishing.hidden import shown_commitments

PAGES = ("commitments", "needs", "decisions")


@pytest.fixture
def promise(propose: Callable[..., Commitment], alliance: Alliance) -> Commitment:
    """A promise whose need has a title with a telephone number; the alliance publishes all."""
    alliance.published = Published.values
    alliance.save()
    commitment = propose()
    need = commitment.component.need
    need.title, need.deadline = "周末会场，电话 13912345678", today() + timedelta(days=9)
    need.save()
    return commitment


def text_of(path: str) -> str:
    return Client().get(path).content.decode()


def test_an_alliance_that_publishes_nothing_shows_nothing(promise, alliance):
    alliance.published = []
    alliance.save()

    assert [text_of(f"/p/historic/{page}/").count("本联盟还没有公开") for page in PAGES] == [
        1,
        1,
        1,
    ]
    assert Client().get(f"/p/historic/needs/{promise.component.need.pk}/").status_code == 404


def test_a_need_is_shown_without_what_could_lead_to_a_person(promise):
    page = text_of("/p/historic/needs/")

    assert ("周末会场，电话 ■■■" in page, "13912345678" in page) == (True, False)


def test_the_need_of_a_matter_that_is_not_public_is_nobodys_to_read(promise, alliance):
    need = promise.component.need
    matter = report_matter(alliance=alliance, facts=MatterFacts("院里积水"), by=None).matter
    matter.need = need
    matter.save()

    assert "周末会场" not in text_of("/p/historic/needs/")
    assert Client().get(f"/p/historic/needs/{need.pk}/").status_code == 404
    assert "13912345678" not in text_of("/p/historic/calendar.ics")


def test_a_promise_about_such_a_need_is_not_told_either(promise, alliance, giver):
    promise.state, promise.answered_by = Commitment.State.ACCEPTED, giver
    promise.answered_at = promise.proposed_at
    promise.save()
    before = list(shown_commitments(alliance))
    matter = report_matter(alliance=alliance, facts=MatterFacts("院里积水"), by=None).matter
    matter.need = promise.component.need
    matter.save()

    assert (before, list(shown_commitments(alliance))) == ([promise], [])


def test_a_late_promise_is_shown_first(promise, giver):
    promise.state, promise.due_on = Commitment.State.ACCEPTED, today() - timedelta(days=2)
    promise.answered_by, promise.answered_at = giver, promise.proposed_at
    promise.save()
    context = Client().get("/p/historic/commitments/").context

    counts = {name: count for name, _label, count in context["families"]}
    assert counts == {"overdue": 1, "open": 0, "delivered": 0, "kept": 0, "explained": 0}
    assert (context["shown"], list(context["rows"])) == ("overdue", [promise])


def test_a_proposal_is_no_promise_yet(promise):
    context = Client().get("/p/historic/commitments/").context

    assert [count for _name, _label, count in context["families"]] == [0, 0, 0, 0, 0]


def test_the_calendar_knows_its_time_zone_and_the_last_day_of_a_need(promise):
    answer = Client().get("/p/historic/calendar.ics")
    book = Calendar.from_ical(answer.content)
    days: list[tuple[str, date]] = [
        (str(event["summary"]), event.decoded("dtstart")) for event in book.walk("VEVENT")
    ]

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(zone["tzid"]) for zone in book.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert days == [("需求截止：周末会场，电话 ■■■", today() + timedelta(days=9))]


def test_what_is_closed_is_offered_no_help(promise):
    need = promise.component.need
    need.state = Need.State.CLOSED
    need.save()

    assert "我能帮" not in text_of(f"/p/historic/needs/{need.pk}/").split("<main")[1]


def test_the_city_counts_each_alliance_by_itself_in_a_fixed_number_of_statements(
    promise, alliance, django_assert_num_queries
):
    other = Alliance.objects.create(
        slug="other",
        name="另一片区联盟",
        lead_a=alliance.lead_a,
        lead_b=alliance.lead_b,
        published=Published.values,
    )

    with django_assert_num_queries(5):  # the ledger, alliances, projects, matters, needs
        found = Client().get("/p/")

    needs = {row["portal"]: row["needs"] for row in found.context["rows"]}
    assert needs == {alliance: 1, other: 0}
