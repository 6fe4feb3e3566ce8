"""What anybody may do without an account."""

import pytest

from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.matters.actions import (
    add_to_matter,
    check_publication,
    close_matter,
    report_by_public,
)
from binglian.domain.matters.doubts import Doubt
from binglian.domain.matters.facts import MatterFacts
from binglian.domain.matters.public_facts import public_place
from binglian.domain.matters.words import sentence_of
from binglian.domain.refusals import ActionRefused

SAME = MatterFacts("我家门口也积水")


@pytest.fixture
def shown(report, secretariat):
    """A public open matter."""
    return check_publication(
        matter=report(), public_text="院里积水。", is_public=True, by=secretariat
    )


def test_whoever_recognises_a_public_matter_joins_it(alliance, shown):
    matter = report_by_public(alliance=alliance, facts=SAME, to=shown).matter

    assert (matter.state, matter.joined_to) == ("joined", shown)
    assert [event.what for event in matter.events.all()] == ["reported", "joined"]


def test_nobody_joins_what_is_not_public(alliance, report):
    with pytest.raises(ActionRefused, match="已办结"):
        report_by_public(alliance=alliance, facts=SAME, to=report())


def test_a_doubtful_report_is_kept_and_waits_for_a_person(alliance, shown):
    doubts = [Doubt.NO_WORK, Doubt.LINKS]

    matter = report_by_public(alliance=alliance, facts=SAME, doubts=doubts, to=shown).matter

    [event] = matter.events.filter(is_public=False)
    assert (matter.state, matter.visibility, matter.joined_to) == ("received", "held", None)
    assert sentence_of(event) == (
        "系统提示：可能不是真实诉求（浏览器没有完成后台校验（可能没有启用脚本）、内容含多个网址）。"
    )
    assert LedgerEntry.objects.get(act="matter.doubted").change == '{"signs":["no_work","links"]}'


def test_something_new_reaches_whoever_leads(handled, giver):
    add_to_matter(matter=handled, text=" 今天又积水了 ")

    assert [addition.text for addition in handled.additions.all()] == ["今天又积水了"]
    told = giver.notifications.get(key__endswith=":added:1")
    assert told.text_zh == f"诉求 {handled.number} 的诉求人补充了情况。"
    assert LedgerEntry.objects.get(act="matter.added").change == "{}"


def test_what_a_joined_reporter_adds_reaches_whoever_answers(handled, alliance, giver, secretariat):
    check_publication(matter=handled, public_text="院里积水。", is_public=True, by=secretariat)
    joined = report_by_public(alliance=alliance, facts=SAME, to=handled).matter

    add_to_matter(matter=joined, text="今天又积水了")

    assert giver.notifications.get(key__endswith=":added:1").url.endswith(f"/{handled.pk}/")


def test_nothing_is_added_to_what_was_joined_to_something_closed(
    handled, alliance, answer, secretariat
):
    check_publication(matter=handled, public_text="院里积水。", is_public=True, by=secretariat)
    joined = report_by_public(alliance=alliance, facts=SAME, to=handled).matter
    answer(handled)
    close_matter(matter=handled, by=secretariat)

    with pytest.raises(ActionRefused, match="已办结"):
        add_to_matter(matter=joined, text="还有一句")


@pytest.mark.parametrize(("text", "words"), [("  ", "请写"), ("长" * 1001, "1000 字以内")])
def test_an_addition_says_something_and_not_too_much(handled, text, words):
    with pytest.raises(ActionRefused, match=words):
        add_to_matter(matter=handled, text=text)


def test_nothing_is_added_to_what_is_closed(handled, answer, secretariat):
    answer(handled)
    close_matter(matter=handled, by=secretariat)

    with pytest.raises(ActionRefused, match="已办结"):
        add_to_matter(matter=handled, text="还有一句")


@pytest.mark.parametrize(
    ("address", "courtyard", "shown_as"),
    [
        ("中山路 66 号门口", "广兴里", "广兴里 中山路 66 号门口"),
        ("找我 13900000000", "广兴里", "广兴里"),
        ("me@example.org", "", ""),
        ("3号楼2单元401", "广兴里", "广兴里"),
        ("401 室", "广兴里", "广兴里"),
    ],
)
def test_a_line_that_tells_who_lives_there_is_not_shown(report, address, courtyard, shown_as):
    assert public_place(report(address=address, courtyard=courtyard)) == shown_as
