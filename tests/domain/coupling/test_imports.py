"""Claims on bringing offers and needs in by spreadsheet."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binglian.domain.alliance.imports import Verdict, read_list
from binglian.domain.alliance.models import Membership
from binglian.domain.coupling.actions import (
    accept_commitment,
    carry_out_import,
    save_offer,
    withdraw_row,
)
from binglian.domain.coupling.exports import needs_sheet, offers_sheet
from binglian.domain.coupling.imports import plan_import
from binglian.domain.coupling.models import Need, Offer
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused
from binglian.sheets.writing import write_csv, write_workbook

OFFERS = """编号,单位,资源名称,类别,标签,数量,计量单位,最小批量,时间段,条件,不提供给
R1,建设集团（示例）,里院会客厅,场地,会议、投影,2,场,,周二周四 14:00-17:00,预约,海关后社区（示例）
,建设集团（示例）,律师时间,专家时间,法律咨询,12.5小时,,2,,,
"""
NEEDS = """编号,单位,需求名称,组成,类别,标签,数量,计量单位,优先级,截止日期,满足方式,优先单位
N1,海关后社区（示例）,法律课堂,教室,场地,会议,1,场,重要,2026.6.30,全部满足,建设集团（示例）
N1,海关后社区（示例）,,讲师,专家时间,法律咨询,4,小时,,,,
,海关后社区（示例）,租约咨询,,专家时间,法律咨询,10,小时,,,可部分满足,
"""
SAME = [Verdict.SAME, Verdict.SAME]


def plan(alliance, kind, text, by=None):
    content = text.encode() if isinstance(text, str) else text
    read = read_list(alliance=alliance, kind=kind, content=content, filename="清单.csv")
    return plan_import(alliance, kind, read, by=by)


def verdicts(planned):
    return [line.verdict for line in planned.lines]


def told(planned):
    return [(p.row, p.column, p.message) for p in planned.errors]


@pytest.fixture
def everybody(giving, needing):
    """Both members take part."""


def test_offers_are_entered_as_written(alliance, everybody, secretariat):
    outcome = carry_out_import(plan=plan(alliance, "offers", OFFERS), by=secretariat)

    parlour, lawyers = Offer.objects.order_by("pk")
    assert (outcome.created, outcome.changed, outcome.same) == (2, 0, 0)
    assert (parlour.number, parlour.kind, parlour.tags) == ("R1", "venue", ["会议", "投影"])
    assert parlour.windows[0]["weekdays"] == [2, 4]
    assert [o.name for o in parlour.excludes.all()] == ["海关后社区（示例）"]
    assert (lawyers.number, lawyers.quantity, lawyers.unit) == ("R-001", Decimal("12.5"), "小时")
    assert lawyers.lot == 2


def test_a_bundle_is_entered_with_its_components(alliance, everybody, secretariat):
    carry_out_import(plan=plan(alliance, "needs", NEEDS), by=secretariat)

    bundle, single = Need.objects.order_by("pk")
    assert [(c.title, c.kind, c.quantity) for c in bundle.components.all()] == [
        ("教室", "venue", 1),
        ("讲师", "expertise", 4),
    ]
    assert (bundle.is_all_or_nothing, single.is_all_or_nothing) == (True, False)
    assert [o.name for o in bundle.prefers.all()] == ["建设集团（示例）"]


@pytest.mark.parametrize(("kind", "text"), [("offers", OFFERS), ("needs", NEEDS)])
def test_importing_the_same_file_twice_changes_nothing(
    alliance, everybody, secretariat, kind, text
):
    carry_out_import(plan=plan(alliance, kind, text), by=secretariat)
    recorded = LedgerEntry.objects.count()

    again = plan(alliance, kind, text)
    carry_out_import(plan=again, by=secretariat)

    assert verdicts(again) == SAME
    assert LedgerEntry.objects.count() == recorded


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("kind", "text"), [("offers", OFFERS), ("needs", NEEDS)])
def test_what_was_exported_reads_back_as_no_change(
    alliance, everybody, secretariat, kind, text, language
):
    carry_out_import(plan=plan(alliance, kind, text), by=secretariat)
    if kind == "offers":
        sheet = offers_sheet(alliance, Offer.objects.order_by("pk"), language)
    else:
        sheet = needs_sheet(alliance, Need.objects.order_by("pk"), language)

    for content in (write_csv(sheet, language), write_workbook([sheet], language)):
        planned = plan(alliance, kind, content)
        assert [line.changes for line in planned.lines] == [{}, {}]
        assert planned.problems == ()


def test_full_width_words_on_record_are_the_same_as_folded_ones(alliance, make_offer):
    make_offer(title="会议室（大），可投影", note="请提前：一周。", quantity=2)
    sheet = offers_sheet(alliance, Offer.objects.all(), "zh-hans")

    planned = plan(alliance, "offers", write_csv(sheet))

    assert verdicts(planned) == [Verdict.SAME]


def test_a_changed_cell_changes_only_that(alliance, make_offer, secretariat):
    offer = make_offer(title="会议室（大）", quantity=2, tags=["会议"], note="原有")

    planned = plan(
        alliance,
        "offers",
        f"编号,单位,资源名称,类别,数量\n{offer.number},{offer.organisation.name},会议室(大),场地,3\n",
    )
    carry_out_import(plan=planned, by=secretariat)

    offer.refresh_from_db()
    assert planned.lines[0].changes == {"quantity": ("2", "3")}
    assert (offer.title, offer.quantity, offer.unit) == ("会议室（大）", 3, "间")
    assert (offer.tags, offer.note) == (["会议"], "原有")


def test_a_blank_cell_of_a_column_that_is_there_clears_it(alliance, make_offer):
    offer = make_offer(note="原有")

    planned = plan(
        alliance,
        "offers",
        "编号,单位,资源名称,类别,数量,备注\n"
        f"{offer.number},{offer.organisation.name},会议室,场地,10,\n",
    )

    assert planned.lines[0].changes == {"note": ("原有", "")}


def test_an_unknown_organisation_is_a_problem_that_names_the_similar_member(alliance, everybody):
    planned = plan(alliance, "offers", "单位,资源名称,类别,数量\n建设集团,会客厅,场地,1\n")

    assert told(planned) == [(2, "A", "成员名单里没有“建设集团”。")]
    assert planned.problems[0].remedy == "是否为“建设集团（示例）”？请按成员名单填写全称。"


def test_an_unknown_organisation_in_exclusions_is_a_problem(alliance, everybody):
    text = "单位,资源名称,类别,数量,不提供给\n建设集团（示例）,会客厅,场地,1,某某公司\n"

    assert told(plan(alliance, "offers", text)) == [(2, "E", "成员名单里没有“某某公司”。")]


def test_a_kind_the_alliance_does_not_use_is_a_problem(alliance, everybody):
    alliance.kinds = [{"code": "venue", "zh": "场地", "en": "Venue"}]
    alliance.save()

    planned = plan(
        alliance, "offers", "单位,资源名称,类别,数量\n建设集团（示例）,会客厅,停车位,1\n"
    )

    assert told(planned) == [(2, "C", "没有“停车位”这个选项。")]


def test_the_same_number_twice_in_a_file_is_a_problem(alliance, everybody):
    first, second = "R1,建设集团（示例）,甲,场地,1", "R1,海关后社区（示例）,乙,场地,1"
    text = f"编号,单位,资源名称,类别,数量\n{first}\n{second}\n"

    assert told(plan(alliance, "offers", text)) == [(3, "A", "与第 2 行重复。")]


def test_a_number_of_another_organisation_is_never_taken_over(alliance, make_offer, needing):
    offer = make_offer()

    planned = plan(
        alliance,
        "offers",
        f"编号,单位,资源名称,类别,数量\n{offer.number},{needing.name},会议室,场地,10\n",
    )

    assert told(planned) == [(2, "A", "编号“R-001”已由“建设集团（示例）”使用。")]


def test_less_than_is_promised_is_a_problem(alliance, propose, giver):
    commitment = propose(of=10, quantity=7)
    accept_commitment(commitment=commitment, by=giver)
    offer = commitment.offer

    planned = plan(
        alliance,
        "offers",
        f"编号,单位,资源名称,类别,数量\n{offer.number},{offer.organisation.name},会议室,场地,6\n",
    )

    assert [(row, column) for row, column, _ in told(planned)] == [(2, "E")]


def test_components_somebody_was_asked_for_cannot_change(alliance, propose):
    need = propose(quantity=1).component.need

    planned = plan(
        alliance,
        "needs",
        f"编号,单位,需求名称,类别,数量\n{need.number},{need.organisation.name},{need.title},场地,5\n",
    )

    assert [message for _, _, message in told(planned)] == [
        "已有单位就此需求作出承诺，组成不能再改。"
    ]


def test_what_was_withdrawn_is_not_brought_back(alliance, everybody, secretariat):
    carry_out_import(plan=plan(alliance, "offers", OFFERS), by=secretariat)
    withdraw_row(row=Offer.objects.get(number="R1"), by=secretariat)

    planned = plan(alliance, "offers", OFFERS.replace(",2,场", ",3,场"))

    assert verdicts(planned) == SAME
    assert [(p.row, p.severity) for p in planned.problems] == [(2, "warning")]


def test_rows_of_a_former_member_change_nothing_or_are_problems(alliance, make_offer, giving):
    make_offer(quantity=2)
    sheet = write_csv(offers_sheet(alliance, Offer.objects.all(), "zh-hans"))
    Membership.objects.filter(organisation=giving).update(state="withdrawn", until_on="2026-01-01")

    assert verdicts(plan(alliance, "offers", sheet)) == [Verdict.SAME]
    changed = plan(alliance, "offers", sheet.decode("utf-8-sig").replace(",2,", ",3,"))
    assert told(changed) == [(2, "B", "“建设集团（示例）”已不是成员。")]


def test_a_liaison_officer_imports_only_their_own_rows(alliance, everybody, giver, receiver):
    assert verdicts(plan(alliance, "offers", OFFERS, by=giver)) == [Verdict.CREATE] * 2
    assert [row for row, _, _ in told(plan(alliance, "offers", OFFERS, by=receiver))] == [2, 3]


def test_rows_are_asked_permission_one_by_one(alliance, everybody, receiver):
    with pytest.raises(PermissionDenied):
        carry_out_import(plan=plan(alliance, "offers", OFFERS), by=receiver)
    assert Offer.objects.count() == 0


def test_facts_that_changed_since_the_dry_run_stop_the_whole_import(
    alliance, everybody, giving, secretariat
):
    planned = plan(alliance, "offers", OFFERS)
    save_offer(
        alliance=alliance,
        organisation=giving,
        by=secretariat,
        number="R1",
        title="先到",
        kind="venue",
        quantity=Decimal(1),
    )

    with pytest.raises(ActionRefused, match="第 2 行：编号“R1”已被使用"):
        carry_out_import(plan=planned, by=secretariat)
    assert Offer.objects.count() == 1


def test_each_row_is_recorded_for_its_organisation(alliance, everybody, secretariat):
    carry_out_import(plan=plan(alliance, "needs", NEEDS), by=secretariat)

    entries = LedgerEntry.objects.order_by("number")
    assert [(e.act, e.user, e.organisation) for e in entries] == [
        ("need.entered", "secretariat", "海关后社区（示例）")
    ] * 2


@pytest.mark.parametrize(("kind", "text"), [("offers", OFFERS), ("needs", NEEDS)])
def test_planning_asks_the_database_no_more_for_more_rows(
    alliance, everybody, secretariat, kind, text
):
    def queries(content):
        with CaptureQueriesContext(connection) as asked:
            plan(alliance, kind, content)
        return len(asked)

    carry_out_import(plan=plan(alliance, kind, text), by=secretariat)
    heading, first, *_ = text.splitlines()
    assert queries(text) == queries(f"{heading}\n{first}\n")


def test_chinese_punctuation_stays_as_written(alliance, everybody, secretariat):
    row = "建设集团(示例),会客厅（大）２号,场地,1,“请提前，勿迟；谢谢。”"
    text = f"单位,资源名称,类别,数量,备注\n{row}\n"

    carry_out_import(plan=plan(alliance, "offers", text), by=secretariat)

    offer = Offer.objects.get()
    assert (offer.title, offer.note) == ("会客厅（大）2号", "“请提前，勿迟；谢谢。”")


def test_what_renews_costs_and_recurs_is_entered_and_read_back_unchanged(
    alliance, everybody, secretariat
):
    offers = OFFERS.replace("最小批量", "可重复使用,单价").replace("2,场,,", "2,场,是,80,")
    offers = offers.replace("12.5小时,,2,", "12.5小时,,,,")
    needs = NEEDS.replace("满足方式", "次数,须连续,满足方式").replace(",全部满足", ",3,是,全部满足")
    needs = needs.replace("小时,,,,", "小时,,,,,,").replace(",可部分满足", ",,,可部分满足")
    carry_out_import(plan=plan(alliance, "offers", offers), by=secretariat)
    carry_out_import(plan=plan(alliance, "needs", needs), by=secretariat)

    parlour, lawyers = Offer.objects.order_by("pk")
    bundle, single = Need.objects.order_by("pk")
    assert (parlour.renews, parlour.price) == (True, 80)
    assert (lawyers.renews, lawyers.price) == (False, 0)
    assert (bundle.times, bundle.is_consecutive) == (3, True)
    assert (single.times, single.is_consecutive) == (1, False)

    for language in ("zh-hans", "en"):
        given = write_workbook([offers_sheet(alliance, Offer.objects.all(), language)])
        wanted = write_workbook([needs_sheet(alliance, Need.objects.all(), language)])
        assert verdicts(plan(alliance, "offers", given)) == SAME
        assert verdicts(plan(alliance, "needs", wanted)) == SAME
