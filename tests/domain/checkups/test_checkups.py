"""Problems of a city check-up: in as needs, each once, and followed until they are resolved."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.alliance.imports import ImportPlan, read_list
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.checkups.actions import settle_problem
from binglian.domain.checkups.exports import checkup_sheet
from binglian.domain.checkups.models import CheckupProblem
from binglian.domain.checkups.queries import Found, checkups_visible_to, found_by_dimension
from binglian.domain.coupling.actions import (
    accept_commitment,
    carry_out_import,
    judge_delivery,
    report_delivery,
)
from binglian.domain.coupling.imports import plan_import
from binglian.domain.coupling.models import Need
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused
from binglian.sheets.writing import template, write_csv, write_workbook

HEAD = "编号,体检尺度,体检指标,存在问题,所在小区,严重程度,责任部门,来源,年度,整改时限,数量"
CHARGING = "T-1,社区,充电设施,没有集中充电点,示例里,较重,{who},示例区体检,2026年,2026-12-31,3处"
STAIRS = "T-2,住房,楼道安全,踏步松动,东楼,严重,{who},示例区体检,2026,,"


@pytest.fixture
def who(needing):
    return needing.name


def plan_of(alliance: Alliance, content: bytes, name: str = "体检.csv", by=None) -> ImportPlan:
    reading = read_list(alliance=alliance, kind="checkup", content=content, filename=name)
    return plan_import(alliance, "checkup", reading, by=by)


def csv_of(*rows: str, **words: str) -> bytes:
    return "\n".join([HEAD, *(row.format(**words) for row in rows)]).encode()


@pytest.fixture
def charging(alliance, who, secretariat) -> CheckupProblem:
    carry_out_import(plan=plan_of(alliance, csv_of(CHARGING, who=who)), by=secretariat)
    return alliance.checkup_problems.get()


def test_each_problem_becomes_a_need_of_whoever_is_responsible(charging, needing):
    need, [part] = charging.need, charging.need.components.all()

    assert (need.organisation, need.title, need.place) == (needing, "没有集中充电点", "示例里")
    assert (need.priority, need.deadline) == ("important", date(2026, 12, 31))
    assert (part.kind, part.quantity, part.unit) == ("other", Decimal(3), "处")
    assert (charging.dimension, charging.source, charging.year) == ("estate", "示例区体检", 2026)
    acts = LedgerEntry.objects.filter(chain="historic").order_by("number").values_list("act")
    assert [act for (act,) in acts] == ["need.entered", "checkup.entered"]


def test_the_same_problem_imported_twice_is_one(charging, alliance, who, secretariat):
    again = plan_of(alliance, csv_of(CHARGING, who=who))
    assert (again.to_do, again.unchanged, again.problems) == (0, 1, ())

    # Without its number, and spaced in another way, it is the same problem still.
    words = CHARGING.removeprefix("T-1").replace("集中充电点", "集中 充电点")
    again = plan_of(alliance, csv_of(words, who=who))
    assert (again.to_create, again.lines[0].current) == (0, charging)


def test_a_problem_of_next_year_is_another_one(charging, alliance, who, secretariat):
    plan = plan_of(alliance, csv_of(CHARGING.replace("2026年", "2027"), who=who))

    assert (plan.to_create, plan.to_change) == (1, 0)


def test_two_rows_that_mean_one_problem_are_told_apart_by_nobody(alliance, who):
    plan = plan_of(alliance, csv_of(CHARGING, CHARGING.replace("T-1", "T-9"), who=who))

    assert [str(problem) for problem in plan.errors] == [
        "工作表“体检”第 3 行 D 列（存在问题）："
        "与第 2 行是同一个问题。请删去一行，或写清楚不同在哪里。"
    ]


def test_a_later_list_changes_what_it_says_otherwise(charging, alliance, who, secretariat):
    later = CHARGING.replace("较重", "严重").replace("12-31", "11-30")
    plan = plan_of(alliance, csv_of(later, who=who))
    assert plan.lines[0].changes == {
        "severity": ("较重", "严重"),
        "deadline": ("2026-12-31", "2026-11-30"),
    }

    carry_out_import(plan=plan, by=secretariat)
    charging.refresh_from_db()
    assert (charging.severity, charging.need.priority) == ("severe", "urgent")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (CHARGING.replace("社区", "天空"), "没有“天空”这个选项"),
        (CHARGING.replace("没有集中充电点", ""), "“存在问题”没有填"),
        (CHARGING.replace("{who}", "无名单位"), "成员名单里没有“无名单位”"),
        (CHARGING.replace("2026年", "26"), "不像体检年度"),
        (CHARGING.replace("2026年", ""), "没有写体检年度"),
        (CHARGING.replace("3处", "0"), "是 0"),
    ],
)
def test_a_wrong_cell_is_named_with_its_remedy(alliance, who, row, told):
    plan = plan_of(alliance, csv_of(row, who=who))

    assert [told in str(problem) for problem in plan.errors] == [True]
    assert plan.lines == ()


def test_a_year_in_the_title_stands_for_the_column(alliance, who):
    head = "维度,指标,问题,责任单位,体检来源"
    content = f"2026年城市体检问题清单,,,,\n{head}\n住房,楼道,踏步松动,{who},示例区体检".encode()

    plan = plan_of(alliance, content)

    assert (plan.problems, plan.lines[0].facts["year"]) == ((), 2026)


def test_an_export_reads_back_the_same(charging, alliance):
    for language, name in (("zh-hans", "a.xlsx"), ("en", "a.csv")):
        sheet = checkup_sheet(alliance, alliance.checkup_problems.all(), language)
        written = (
            write_workbook([sheet], language) if "xlsx" in name else write_csv(sheet, language)
        )
        plan = plan_of(alliance, written, name)
        assert (plan.to_do, plan.unchanged, plan.problems) == (0, 1, ())


def test_the_template_needs_nothing_but_members(alliance, needing):
    plan = plan_of(alliance, template("checkup"), "模板.xlsx")

    assert {problem.heading for problem in plan.errors} == {"责任单位"}


@pytest.mark.parametrize("persona", ["receiver", "lead_a", "viewer", "outsider", "auditor"])
def test_only_the_secretariat_brings_in_and_settles(alliance, who, charging, persona, request):
    user = request.getfixturevalue(persona)
    with pytest.raises(PermissionDenied):
        carry_out_import(plan=plan_of(alliance, csv_of(STAIRS, who=who)), by=user)
    with pytest.raises(PermissionDenied):
        settle_problem(found=charging, evidence="验收单 7 号", by=user)


def test_problems_are_seen_by_whoever_sees_the_alliance(charging, viewer, outsider):
    assert list(checkups_visible_to(viewer)) == [charging]
    assert list(checkups_visible_to(outsider)) == []


# ---- until it is resolved ----------------------------------------------------------------------


def test_a_problem_is_resolved_when_its_need_is_delivered_and_judged(
    charging, propose, giver, receiver, alliance
):
    promised = propose(of=3, quantity=3, need=charging.need)
    accept_commitment(commitment=promised, by=giver)
    delivery = report_delivery(
        commitment=promised, quantity=Decimal(3), delivered_on=today(), by=giver
    )
    assert found_by_dimension(alliance.checkup_problems.all()) == [Found("estate", 1, 0)]

    judge_delivery(delivery=delivery, verdict="met", by=receiver)
    assert found_by_dimension(alliance.checkup_problems.all()) == [Found("estate", 1, 1)]


def test_evidence_settles_a_problem_and_takes_its_need_off_the_list(charging, secretariat):
    settled = settle_problem(found=charging, evidence=" 验收单 7 号 ", by=secretariat)

    settled.refresh_from_db()
    assert (settled.is_resolved, settled.evidence) == (True, "验收单 7 号")
    assert settled.need.state == Need.State.WITHDRAWN
    entry = LedgerEntry.objects.filter(act="checkup.settled").get()
    assert (entry.user, entry.organisation) == ("secretariat", charging.need.organisation.name)


def test_without_evidence_nothing_is_settled(charging, secretariat):
    with pytest.raises(ActionRefused, match="请写明依据"):
        settle_problem(found=charging, evidence="  ", by=secretariat)


def test_what_is_resolved_is_neither_settled_nor_imported_again(
    charging, alliance, who, secretariat
):
    settle_problem(found=charging, evidence="验收单 7 号", by=secretariat)

    with pytest.raises(ActionRefused, match="已解决"):
        settle_problem(found=charging, evidence="再说一遍", by=secretariat)
    again = plan_of(alliance, csv_of(CHARGING.replace("较重", "严重"), who=who))
    assert (again.to_do, again.unchanged, again.errors) == (0, 1, ())
    assert "已解决，不再导入" in str(again.problems[0])
