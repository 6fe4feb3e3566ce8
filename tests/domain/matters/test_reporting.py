"""How a matter begins, and who may read it."""

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.matters.actions import (
    check_publication,
    divert_matter,
    join_matter,
    read_contact,
    reject_matter,
    report_matter,
)
from binglian.domain.matters.facts import MatterFacts, PhotoFacts
from binglian.domain.matters.models import Matter
from binglian.domain.matters.queries import (
    matter_by_token,
    matters_visible_to,
    public_matters,
    similar_matters,
    suggest_category,
)
from binglian.domain.refusals import ActionRefused

from .conftest import CONTACT


def test_anybody_reports_and_follows_by_a_secret_link(alliance):
    reported = report_matter(alliance=alliance, facts=MatterFacts("路灯不亮"), by=None)

    assert matter_by_token(reported.token) == reported.matter
    assert matter_by_token("another") is None
    assert (reported.matter.state, reported.matter.visibility) == ("received", "held")


def test_the_secretariat_hears_of_it_at_once(alliance, secretariat):
    matter = report_matter(alliance=alliance, facts=MatterFacts("路灯不亮"), by=None).matter

    assert secretariat.notifications.get().text_zh == f"收到新诉求 {matter.number}，请分派。"


def test_numbers_of_a_day_follow_each_other(report):
    first, second = report(), report()

    assert int(second.number[-4:]) == int(first.number[-4:]) + 1


def test_the_category_is_proposed_by_the_words_of_the_catalogue(alliance, drains, noise):
    found = suggest_category(alliance, "楼下下水道堵塞三天了")

    assert (found.category, found.because) == (drains, ("下水道", "堵塞"))
    assert found.confidence == 5 / 7
    assert suggest_category(alliance, "你们好").category is None


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (MatterFacts("  "), "请写明是什么事"),
        (MatterFacts("长" * 4001), "4000 字以内"),
        (MatterFacts("灯", longitude=120.3), "同时填写"),
        (MatterFacts("灯", longitude=120.3, latitude=91.0), "超出范围"),
        (MatterFacts("灯", photos=[PhotoFacts(b"", "image/png", 1, 1)] * 5), "最多 4 张"),
    ],
)
def test_half_a_report_is_refused_with_what_is_missing(alliance, facts, words):
    with pytest.raises(ActionRefused, match=words):
        report_matter(alliance=alliance, facts=facts, by=None)


def test_only_a_community_worker_files_for_a_resident(report, worker, giver):
    assert report(by=worker, source="worker").entered_by == worker
    with pytest.raises(PermissionDenied):
        report(by=giver, source="worker")


def test_nothing_is_public_before_somebody_has_looked(alliance, report, secretariat):
    matter = report("王先生家电话 13900000000，下水道堵塞")

    assert list(public_matters(alliance)) == []
    with pytest.raises(ActionRefused, match="公开的内容"):
        check_publication(matter=matter, public_text=None, is_public=True, by=secretariat)

    check_publication(matter=matter, public_text="下水道堵塞", is_public=True, by=secretariat)

    assert [m.public_text for m in public_matters(alliance)] == ["下水道堵塞"]


def test_what_law_sends_elsewhere_is_diverted_with_a_reason(report, secretariat, giver):
    matter = report()
    with pytest.raises(PermissionDenied):
        divert_matter(matter=matter, diversion="statutory", note="请找法院", by=giver)
    with pytest.raises(ActionRefused, match="诉求人会看到"):
        divert_matter(matter=matter, diversion="statutory", note=" ", by=secretariat)

    divert_matter(matter=matter, diversion="statutory", note="请找法院", by=secretariat)

    matter.refresh_from_db()
    assert (matter.state, matter.events.last().facts["note"]) == ("diverted", "请找法院")


def test_what_is_not_accepted_is_kept_and_never_public(report, secretariat):
    matter = reject_matter(matter=report("买房请找我"), note="广告", by=secretariat)

    with pytest.raises(ActionRefused, match="不公开"):
        check_publication(matter=matter, public_text="买房", is_public=True, by=secretariat)
    assert Matter.objects.get(pk=matter.pk).state == "rejected"


def test_similar_public_matters_nearby_are_shown_the_nearest_first(alliance, report, secretariat):
    far, near, other = (
        report("院里下水道堵塞", longitude=120.325, latitude=36.07),
        report("下水道堵塞，院里积水", longitude=120.3201, latitude=36.07),
        report("夜里施工太吵", longitude=120.32, latitude=36.07),
    )
    for matter in (far, near, other):
        check_publication(matter=matter, public_text=matter.text, is_public=True, by=secretariat)
    report("下水道堵塞", longitude=120.32, latitude=36.07)  # not public: never shown

    found = similar_matters(alliance, "院里下水道堵塞了", 120.32, 36.07)

    assert [one.matter for one in found] == [near, far]
    assert round(found[0].metres) == 9


def test_the_same_thing_again_joins_the_earlier_matter(report, secretariat):
    earlier, again = report(), report()
    with pytest.raises(ActionRefused, match="并入自己"):
        join_matter(matter=again, to=again, by=secretariat)

    join_matter(matter=again, to=earlier, by=secretariat)

    again.refresh_from_db()
    assert (again.state, again.joined_to) == ("joined", earlier)
    with pytest.raises(ActionRefused, match="不在办理中"):
        join_matter(matter=report(), to=again, by=secretariat)


def test_what_was_joined_before_comes_along(report, secretariat):
    first, second, third = report(), report(), report()
    join_matter(matter=third, to=second, by=secretariat)

    join_matter(matter=second, to=first, by=secretariat)

    third.refresh_from_db()
    assert third.joined_to == first
    assert [event.facts for event in third.events.filter(what="joined")] == [
        {"number": second.number},
        {"number": first.number},
    ]


def test_whoever_answers_reads_what_was_joined(report, handled, secretariat, giver, receiver):
    joined = report(contact=CONTACT)
    join_matter(matter=joined, to=handled, by=secretariat)
    joined.refresh_from_db()

    assert joined in matters_visible_to(giver)
    assert read_contact(matter=joined, reason="核实情况", by=giver).phone == CONTACT.phone


def test_asked_about_few_matters_a_person_reads_of_them_what_they_read_of_all(
    report, handled, secretariat, giver
):
    joined, other = report(), report()
    join_matter(matter=joined, to=handled, by=secretariat)

    asked = [joined.pk, other.pk]

    assert list(matters_visible_to(giver, among=asked)) == [joined]
    assert set(matters_visible_to(secretariat, among=asked)) == {joined, other}


def test_members_read_only_what_concerns_them(
    dispatched, report, giver, receiver, secretariat, reviewer, viewer, outsider, auditor, worker
):
    filed = report(by=worker, source="worker")
    seen = {
        user.username: set(matters_visible_to(user))
        for user in (giver, receiver, secretariat, reviewer, viewer, outsider, auditor, worker)
    }

    assert seen == {
        "giver": {dispatched},  # leads
        "receiver": {dispatched},  # helps
        "secretariat": {dispatched, filed},
        "reviewer": {dispatched, filed},
        "viewer": set(),
        "outsider": set(),
        "auditor": {dispatched, filed},
        "worker": {dispatched, filed},  # own organisation helps; filed by themselves
    }


def test_no_ledger_row_holds_a_word_of_the_report_or_of_the_contact(alliance, report):
    report("王先生的下水道", contact=CONTACT, address="示例路 1 号")

    rows = " ".join(f"{row.object_label} {row.change}" for row in LedgerEntry.objects.all())

    for secret in ("王先生", "下水道", "13900000000", "resident@example.org", "示例路"):
        assert secret not in rows
