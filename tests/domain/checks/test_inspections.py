"""Checklists by versions; inspections planned or drawn by lot, and sent once."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from binglian.domain.accounts.models import Notification, User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Organisation, today
from binglian.domain.checks.actions import (
    bring_into_force,
    draw_inspections,
    finish_inspection,
    issue_finding,
    plan_inspection,
    retire_checklist,
    take_standard_lists,
)
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.checks.lots import drawn
from binglian.domain.checks.models import Checklist, Draw, Inspection, Verdict
from binglian.domain.checks.queries import inspections_awaiting
from binglian.domain.checks.standard_lists import standard_lists
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.projects.actions import create_project
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused

ITEMS = [("临边有防护", "Edges are guarded"), ("通道畅通", "Ways are clear")]


@pytest.fixture
def inspectors(alliance: Alliance) -> list[User]:
    users = [User.objects.create(username=name) for name in ("first", "second")]
    for user in users:
        Appointment.objects.create(
            alliance=alliance, user=user, role=Role.INSPECTOR.value, from_on=today()
        )
    return users


@pytest.fixture
def put_in_force(alliance: Alliance, secretariat: User) -> Callable[..., Checklist]:
    def put(items: list[tuple[str, str]] = ITEMS, **facts: str) -> Checklist:
        named = {"code": "edges", "family": "safety", "title_zh": "临边防护"} | facts
        return bring_into_force(alliance=alliance, items=items, by=secretariat, **named)

    return put


@pytest.fixture
def planned(
    site: Project,
    put_in_force: Callable[..., Checklist],
    inspectors: list[User],
    secretariat: User,
) -> Inspection:
    return plan_inspection(
        project=site,
        checklist=put_in_force(),
        inspector=inspectors[0],
        due_on=today(),
        by=secretariat,
    )


def verdicts(inspection: Inspection, *said: str) -> dict[int, str]:
    return dict(zip(inspection.checklist.items.values_list("pk", flat=True), said, strict=True))


def test_a_changed_list_is_a_new_version_and_the_old_one_stays(
    put_in_force: Callable[..., Checklist],
) -> None:
    first = put_in_force()
    assert put_in_force() == first
    second = put_in_force([*ITEMS, ("夜间有照明", "")])
    third = put_in_force([*ITEMS, ("夜间有照明", "")], basis="本联盟规定")

    first.refresh_from_db()
    assert [(one.version, one.replaced_at is None) for one in (first, second, third)] == [
        (1, False),
        (2, True),
        (3, True),
    ]
    assert [item.text_zh for item in first.items.all()] == ["临边有防护", "通道畅通"]
    in_force = Checklist.objects.filter(code="edges", replaced_at=None)
    assert list(in_force) == [third]


def test_a_list_without_points_or_with_one_twice_is_refused(
    put_in_force: Callable[..., Checklist],
) -> None:
    with pytest.raises(ActionRefused, match="检查项须有 1 至 60 项"):
        put_in_force([(" ", "")])
    with pytest.raises(ActionRefused, match="有两项要求相同"):
        put_in_force([("通道畅通", ""), ("通道畅通 ", "")])
    with pytest.raises(ActionRefused, match="请选类别"):
        put_in_force(family="beauty")
    assert Checklist.objects.count() == 0


def test_shipped_lists_are_a_beginning_taken_once(alliance: Alliance, secretariat: User) -> None:
    taken = take_standard_lists(alliance=alliance, by=secretariat)
    again = take_standard_lists(alliance=alliance, by=secretariat)
    assert [one.pk for one in again] == [one.pk for one in taken]
    assert [(one.code, one.items.count()) for one in taken] == [
        (one.code, len(one.items)) for one in standard_lists()
    ]
    assert {one.family for one in taken} == {"quality", "safety", "civilised", "bottom_line"}


def test_only_who_plans_inspections_changes_lists(
    alliance: Alliance, put_in_force: Callable[..., Checklist], giver: User, inspectors: list[User]
) -> None:
    checklist = put_in_force()
    for nobody in (giver, inspectors[0]):
        with pytest.raises(PermissionDenied):
            take_standard_lists(alliance=alliance, by=nobody)
        with pytest.raises(PermissionDenied):
            retire_checklist(checklist=checklist, by=nobody)


def test_a_retired_list_is_used_no_longer_and_comes_back_as_a_new_version(
    put_in_force: Callable[..., Checklist],
    site: Project,
    inspectors: list[User],
    secretariat: User,
) -> None:
    retired = retire_checklist(checklist=put_in_force(), by=secretariat)
    with pytest.raises(ActionRefused, match="已停用"):
        retire_checklist(checklist=retired, by=secretariat)
    facts = {"project": site, "inspector": inspectors[0], "due_on": today(), "by": secretariat}
    with pytest.raises(ActionRefused, match="请选本联盟现行的检查表"):
        plan_inspection(checklist=retired, **facts)
    back = put_in_force()
    assert (back.version, plan_inspection(checklist=back, **facts).checklist) == (2, back)


def test_the_inspector_is_told_and_it_waits_for_nobody_else(
    planned: Inspection, alliance: Alliance, inspectors: list[User]
) -> None:
    told = [row.text_zh for row in Notification.objects.filter(user=inspectors[0])]
    assert told == [
        f"请于 {today():%Y-%m-%d} 按“临边防护”检查地下空间综合体（示例）。",
    ]
    assert list(inspections_awaiting(inspectors[0], alliance)) == [planned]
    assert list(inspections_awaiting(inspectors[1], alliance)) == []


def test_a_plan_that_cannot_be_is_refused(
    planned: Inspection, site: Project, giver: User, inspectors: list[User], secretariat: User
) -> None:
    facts = {"project": site, "checklist": planned.checklist, "due_on": today()}
    with pytest.raises(ActionRefused, match="请从本联盟的检查员中选"):
        plan_inspection(**facts, inspector=giver, by=secretariat)
    yesterday = facts | {"due_on": today() - timedelta(days=1)}
    with pytest.raises(ActionRefused, match="检查日期不能早于今天"):
        plan_inspection(**yesterday, inspector=inspectors[0], by=secretariat)
    with pytest.raises(PermissionDenied):
        plan_inspection(**facts, inspector=inspectors[0], by=giver)
    Project.objects.filter(pk=site.pk).update(state=Project.State.WITHDRAWN)
    site.refresh_from_db()
    with pytest.raises(ActionRefused, match="这个项目已结束"):
        plan_inspection(**facts, inspector=inspectors[0], by=secretariat)


def test_an_inspection_sent_twice_is_kept_once(planned: Inspection) -> None:
    key, said = uuid4(), verdicts(planned, "met", "not_met")
    by = planned.inspector
    first = finish_inspection(inspection=planned, verdicts=said, words="", key=key, by=by)
    again = finish_inspection(inspection=planned, verdicts=said, words="别的", key=key, by=by)

    assert (again.done_at, again.words) == (first.done_at, "")
    kept = Verdict.objects.order_by("item__number").values_list("verdict", flat=True)
    assert list(kept) == ["met", "not_met"]
    assert LedgerEntry.objects.filter(act="inspection.done").count() == 1
    with pytest.raises(ActionRefused, match="这次检查已提交"):
        finish_inspection(inspection=planned, verdicts=said, words="", key=uuid4(), by=by)


def test_every_point_needs_its_result_and_foreign_points_count_for_nothing(
    planned: Inspection, inspectors: list[User]
) -> None:
    by, said = planned.inspector, verdicts(planned, "met", "not_here")
    first, _second = said
    with pytest.raises(ActionRefused, match="第 2 项还没有结果"):
        finish_inspection(inspection=planned, verdicts={first: "met"}, words="", key=uuid4(), by=by)
    with pytest.raises(ActionRefused, match="第 1 项的结果不对"):
        finish_inspection(
            inspection=planned, verdicts=said | {first: "fine"}, words="", key=uuid4(), by=by
        )
    with pytest.raises(ActionRefused, match="由别的检查员负责"):
        finish_inspection(
            inspection=planned, verdicts=said, words="", key=uuid4(), by=inspectors[1]
        )
    assert Verdict.objects.count() == 0
    foreign = said | {0: "not_met"}
    finish_inspection(inspection=planned, verdicts=foreign, words="", key=uuid4(), by=by)
    assert json.loads(LedgerEntry.objects.get(act="inspection.done").change)["not_met"] == 0


def test_one_key_serves_one_inspection(
    planned: Inspection, site: Project, secretariat: User
) -> None:
    key = uuid4()
    other = plan_inspection(
        project=site,
        checklist=planned.checklist,
        inspector=planned.inspector,
        due_on=today(),
        by=secretariat,
    )
    facts = {"verdicts": verdicts(planned, "met", "met"), "words": "", "key": key}
    finish_inspection(inspection=planned, by=planned.inspector, **facts)
    with pytest.raises(ActionRefused, match="已作为别的检查提交"):
        finish_inspection(inspection=other, by=planned.inspector, **facts)


def test_a_draw_is_drawn_again_from_its_record(
    alliance: Alliance,
    giving: Organisation,
    giver: User,
    put_in_force: Callable[..., Checklist],
    inspectors: list[User],
    secretariat: User,
) -> None:
    for number in range(5):
        made = create_project(
            alliance=alliance,
            owner=giving,
            by=giver,
            title_zh=f"工地 {number}",
            kind="underground",
            features=[],
            starts_on=today(),
        )
        Project.objects.filter(pk=made.pk).update(state=Project.State.RUNNING)
    draw = draw_inspections(
        alliance=alliance, checklist=put_in_force(), count=3, due_on=today(), by=secretariat
    )

    kept = Draw.objects.get()
    came_out = [(one.project_id, one.inspector_id) for one in kept.inspections.order_by("pk")]
    assert drawn(kept.seed, kept.sites, kept.inspectors, kept.count) == came_out
    assert kept.inspectors == sorted(one.pk for one in inspectors)
    change = json.loads(LedgerEntry.objects.get(act="draw.made").change)
    assert (change["seed"], change["sites"], change["count"]) == (draw.seed, draw.sites, 3)


def test_the_lot_is_the_same_everywhere() -> None:
    # printf berth:site:1 | sha256sum begins 03c7; 3: 886b, 2: b15c; inspector 8: 1f51, 7: 9db7.
    assert drawn("berth", [1, 2, 3], [7, 8], 2) == [(1, 8), (3, 7)]
    assert drawn("berth", [1, 2, 3], [7, 8], 3) == [(1, 8), (3, 7), (2, 8)]


def test_nothing_is_drawn_without_inspectors_or_beyond_the_sites(
    alliance: Alliance,
    site: Project,
    put_in_force: Callable[..., Checklist],
    secretariat: User,
    request: pytest.FixtureRequest,
) -> None:
    facts = {"alliance": alliance, "checklist": put_in_force(), "due_on": today()}
    with pytest.raises(ActionRefused, match="还没有检查员"):
        draw_inspections(**facts, count=1, by=secretariat)
    request.getfixturevalue("inspectors")
    with pytest.raises(ActionRefused, match="抽取数须在 1 和 1 之间"):
        draw_inspections(**facts, count=2, by=secretariat)
    assert Draw.objects.count() == 0


def test_a_finding_names_an_inspection_of_its_own_site(
    planned: Inspection,
    site: Project,
    alliance: Alliance,
    giving: Organisation,
    giver: User,
    found_facts: FindingFacts,
) -> None:
    other = create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="别的工地",
        kind="underground",
        features=[],
        starts_on=today(),
    )
    by = planned.inspector
    with pytest.raises(ActionRefused, match="这次检查是别的工地的"):
        issue_finding(project=other, facts=found_facts, key=uuid4(), by=by)
    made = issue_finding(project=site, facts=found_facts, key=uuid4(), by=by)
    assert (made.inspection, made.standard) == (planned, "通道畅通")


@pytest.fixture
def found_facts(planned: Inspection, giving: Organisation) -> FindingFacts:
    return FindingFacts(
        what="通道堆料",
        place="北侧",
        family="safety",
        grade="general",
        organisation=giving,
        due_on=date(2099, 1, 1),
        found_at=now(),
        item=planned.checklist.items.get(number=2),
        inspection=planned,
    )
