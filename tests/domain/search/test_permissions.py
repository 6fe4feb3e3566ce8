"""Nobody learns by searching what their own lists would not show them, not even a number."""

from collections.abc import Callable
from typing import Any

import pytest

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.publicness import Published
from binglian.domain.coupling.models import Need
from binglian.domain.matters.actions import dispatch_matter, report_matter
from binglian.domain.matters.facts import ContactFacts, MatterFacts
from binglian.domain.newsroom.actions import (
    change_announcement,
    review_announcement,
    start_announcement,
    submit_for_review,
)
from binglian.domain.newsroom.facts import Draft
from binglian.domain.newsroom.models import Announcement
from binglian.domain.search.models import Document
from binglian.domain.search.queries import find
from binglian.domain.search.readers import Stub, at_desk, everybody, readable
from binglian.domain.search.source import Letter
from binglian.domain.search.sources import SOURCES
from tests.web.matter_samples import drains_led_by, seated

from .conftest import titles


@pytest.fixture
def elsewhere(giving: Organisation, needing: Organisation) -> Alliance:
    """Another alliance, of other bodies."""
    bodies = [Organisation.objects.create(name=f"邻区单位{n}") for n in (1, 2)]
    return Alliance.objects.create(
        slug="port", name="邻区联盟", lead_a=bodies[0], lead_b=bodies[1], founded_on="2026-01-05"
    )


def test_without_a_seat_nothing_of_an_alliance_is_found(make_offer, outsider):
    make_offer(title="会议室")

    answer = find("会议室", at_desk(outsider))

    assert (answer.hits, dict(answer.counts)) == ([], {})


def test_a_member_finds_the_lists_of_its_own_alliance_alone(make_offer, giver, elsewhere):
    make_offer(title="会议室")
    neighbour = seated(elsewhere, "neighbour", Role.VIEWER, None)

    assert titles("会议室", at_desk(giver)) == ["会议室"]
    assert titles("会议室", at_desk(neighbour)) == []


def test_a_person_of_two_alliances_may_search_one_of_them(make_offer, giver, elsewhere, alliance):
    make_offer(title="会议室")
    elsewhere.appointments.create(user=giver, role=Role.VIEWER.value, from_on="2026-01-05")

    assert titles("会议室", at_desk(giver)) == ["会议室"]
    assert titles("会议室", at_desk(giver, elsewhere)) == []
    assert titles("会议室", at_desk(giver, alliance)) == ["会议室"]


def test_who_has_left_finds_nothing_any_more(make_offer, giver):
    make_offer(title="会议室")
    giver.appointments.update(until_on="2026-01-05", from_on="2026-01-01")

    assert titles("会议室", at_desk(giver)) == []


@pytest.mark.parametrize("role", ["secretariat", "auditor"])
def test_the_secretariat_and_auditors_read_matters_as_they_were_written(reported, role, request):
    matter = reported("隔壁老王家漏水")

    assert titles("漏水", at_desk(request.getfixturevalue(role))) == [matter.number]


@pytest.mark.parametrize("role", ["viewer", "giver", "receiver", "lead_a", "administrator"])
def test_others_do_not(reported, role, request):
    reported("隔壁老王家漏水")

    answer = find("漏水", at_desk(request.getfixturevalue(role)))

    assert (answer.hits, dict(answer.counts), answer.is_cut) == ([], {}, False)


def test_whoever_handles_a_matter_finds_it_and_their_neighbours_do_not(
    reported, alliance, giving, giver, receiver, secretariat
):
    matter = reported("隔壁老王家漏水")
    drains = drains_led_by(giving, alliance)
    dispatch_matter(matter=matter, category=drains, by=secretariat)

    assert titles("漏水", at_desk(giver)) == [matter.number]
    assert titles("漏水", at_desk(receiver)) == []


def test_of_a_public_matter_everybody_finds_the_checked_words_only(
    reported, viewer, secretariat, alliance
):
    matter = reported("隔壁老王家漏水", told="某住户家漏水")

    for reader in (everybody(), everybody(alliance), at_desk(viewer)):
        assert titles("漏水", reader) == [matter.number]
        assert titles("老王", reader) == []
        assert [hit.path for hit in find("漏水", reader).hits] == [
            f"/p/historic/matters/{matter.pk}/"
        ]
    assert titles("老王", at_desk(secretariat)) == [matter.number]


def test_a_matter_is_found_once_where_both_texts_may_be_read(reported, secretariat):
    matter = reported("家里漏水", told="某户漏水")

    [hit] = find("漏水", at_desk(secretariat)).hits

    assert hit.path == f"/a/historic/matters/{matter.pk}/"


def test_how_to_reach_a_reporter_is_not_in_the_index(alliance, secretariat):
    from_whom = ("13987654321", "marker@example.org", "标记称呼")
    contact = ContactFacts(
        name=from_whom[2], phone=from_whom[0], email=from_whom[1], consent_text="同意"
    )
    report_matter(alliance=alliance, facts=MatterFacts("漏水", contact=contact), by=None)

    for words in from_whom:
        assert titles(words, at_desk(secretariat)) == []


@pytest.fixture
def corrected(alliance: Alliance, giving: Organisation, giver: User, secretariat: User):
    """A public announcement of one member, of which a new version is being written."""
    row = start_announcement(
        alliance=alliance, organisation=giving, draft=Draft("开放日", "周六。", "三处。"), by=giver
    )
    submit_for_review(announcement=row, by=giver)
    review_announcement(announcement=row, is_yes=True, by=secretariat)
    row = Announcement.objects.get(pk=row.pk)
    return change_announcement(
        announcement=row, draft=Draft("开放日", "周日。", "改为五处。"), by=giver
    )


def test_drafts_are_found_by_their_writers_and_reviewers_alone(
    corrected, alliance, giver, secretariat, viewer, receiver, auditor
):
    for reader in map(at_desk, (giver, secretariat, auditor)):
        assert titles("改为五处", reader) == ["开放日"]
    for reader in (at_desk(viewer), at_desk(receiver), everybody(), everybody(alliance)):
        assert titles("改为五处", reader) == []
        assert titles("三处", reader) == ["开放日"]


def test_the_public_finds_only_lists_that_are_published(alliance, make_offer, make_need):
    make_offer(title="会议室")
    make_need(title="会议场地")
    assert titles("会议", everybody(alliance)) == []

    alliance.published = [Published.NEEDS.value]
    alliance.save()
    assert titles("会议", everybody(alliance)) == ["会议场地"]
    assert dict(find("会议", everybody()).counts) == {"need": 1}


def test_what_was_struck_out_for_the_public_is_found_at_the_desk_alone(
    published, make_offer, giver
):
    make_offer(title="仓库，借用请拨 13900000000")

    assert titles("13900000000", at_desk(giver)) == ["仓库，借用请拨 13900000000"]
    assert titles("13900000000", everybody()) == []
    assert titles("仓库", everybody()) == ["仓库，借用请拨 ■■■"]


def test_notes_prices_and_conditions_of_an_offer_are_not_for_the_public(
    published, make_offer, giver
):
    make_offer(title="仓库", note="只借给熟人", conditions=["押金"], price=88)

    for told_at_the_desk in ("熟人", "押金"):
        assert titles(told_at_the_desk, at_desk(giver)) == ["仓库"]
        assert titles(told_at_the_desk, everybody()) == []
    assert titles("88", at_desk(giver)) == titles("88", everybody()) == []


def test_a_need_that_would_tell_of_a_resident_is_hidden_from_the_public(
    published, reported, make_need
):
    matter = reported("家里要轮椅坡道")
    need = make_need(title="轮椅坡道")
    assert titles("坡道", everybody()) == ["轮椅坡道"]

    matter.need = need
    matter.save()
    assert Need.objects.get().title == "轮椅坡道"
    assert titles("坡道", everybody()) == []


def test_the_index_alone_never_answers(make_offer, giver, viewer):
    """Even a document that says it is for all at the desk is shown by the list's query only."""
    offer = make_offer(title="会议室")
    document = Document.objects.get(kind="offer", classes="dp")
    stub = Stub(document.pk, "offer", offer.pk, document.alliance_id, "dp")
    forged = Stub(-1, "offer", offer.pk + 1, document.alliance_id, "dp")

    assert readable(at_desk(giver), [stub, forged]) == {document.pk}
    assert readable(everybody(), [stub, forged]) == set()


def test_every_class_has_a_query_of_its_subject():
    for source in SOURCES.values():
        assert Letter.PUBLIC not in source.readable
        assert Letter.TOLD not in source.readable
        assert (source.public is None) == (not source.public_page and source.kind != "alliance")


def test_no_reader_finds_a_document_its_subject_would_not_show(
    published: Alliance,
    make_offer: Callable[..., Any],
    reported: Callable[..., Any],
    corrected: Announcement,
    request: pytest.FixtureRequest,
):
    make_offer(title="会议室")
    reported("周六漏水")
    reported("周日漏水", told="某日漏水")
    seen = {}
    for name in ("viewer", "giver", "receiver", "secretariat", "lead_a", "auditor", "outsider"):
        reader = at_desk(request.getfixturevalue(name))
        for word in ("周", "会", "漏水", "三处", "五处", "历史"):
            for hit in find(word, reader).hits:
                one = hit.document
                letter = reader.letter_for(one.classes, one.alliance_id)
                shown = reader.rows(one.kind, letter, [hit.alliance], [one.object_id])
                assert [row.pk for row in shown] == [one.object_id]
                seen.setdefault(name, set()).add((one.kind, one.classes))

    told, written = {("matter", "pv")}, {("matter", "m")}
    drafts = {("announcement", "n")}
    for_all = seen["viewer"] - told
    assert seen["viewer"] == seen["receiver"] == for_all | told
    assert seen["giver"] == seen["lead_a"] == for_all | told | drafts
    assert seen["secretariat"] == seen["auditor"] == for_all | written | drafts
    assert "outsider" not in seen
