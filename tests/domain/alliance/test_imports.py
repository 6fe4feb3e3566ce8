"""Claims on bringing members in by spreadsheet."""

import datetime as dt
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from binglian.domain.alliance.actions import discard_old_drafts, keep_draft, settle_draft
from binglian.domain.alliance.exports import members_sheet
from binglian.domain.alliance.imports import Verdict, pasted_list, plan_members, read_list
from binglian.domain.alliance.models import ImportDraft, Membership, Organisation
from binglian.domain.alliance.queries import members_of
from binglian.domain.coupling.actions import carry_out_import
from binglian.domain.governance.models import Decision
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused
from binglian.sheets.writing import write_csv, write_workbook

NEW = """单位名称,单位类型,成员类别,上级单位,联系窗口,加入日期
示例甲分公司,国有企业,建设运营单位,示例甲公司,0532-00000001,2026.3.5
示例甲公司,国有企业,建设运营单位,,0532-00000002,2026年3月5日
"""


def plan(alliance, text, **facts):
    content = text.encode() if isinstance(text, str) else text
    read = read_list(
        alliance=alliance, kind="members", content=content, filename="成员.csv", **facts
    )
    return plan_members(alliance, read.parsed, read.tables)


def told(planned):
    return [(p.row, p.column, p.message, p.severity) for p in planned.problems]


def test_new_organisations_are_put_forward_and_one_decision_is_asked(alliance, secretariat):
    outcome = carry_out_import(plan=plan(alliance, NEW), by=secretariat)

    applied = alliance.memberships.filter(state=Membership.State.APPLIED).order_by("pk")
    assert [(m.organisation.name, m.category, m.from_on) for m in applied] == [
        ("示例甲分公司", "builder", dt.date(2026, 3, 5)),
        ("示例甲公司", "builder", dt.date(2026, 3, 5)),
    ]
    assert outcome.decision == Decision.objects.get()
    assert outcome.decision.object_ids == [m.pk for m in applied]
    assert (outcome.created, outcome.changed, outcome.same, outcome.left_out) == (2, 0, 0, 0)


def test_a_parent_may_stand_below_its_branch(alliance, secretariat):
    carry_out_import(plan=plan(alliance, NEW), by=secretariat)

    assert Organisation.objects.get(name="示例甲分公司").parent.name == "示例甲公司"


def test_importing_the_same_file_twice_changes_nothing(alliance, secretariat):
    carry_out_import(plan=plan(alliance, NEW), by=secretariat)
    recorded = LedgerEntry.objects.count()

    again = plan(alliance, NEW)
    carry_out_import(plan=again, by=secretariat)

    assert [line.verdict for line in again.lines] == [Verdict.SAME, Verdict.SAME]
    assert LedgerEntry.objects.count() == recorded


def test_planning_writes_nothing(alliance, secretariat):
    plan(alliance, NEW)

    assert not Organisation.objects.filter(name="示例甲公司").exists()
    assert LedgerEntry.objects.count() == 0


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_was_exported_reads_back_as_no_change(alliance, giving, secretariat, language):
    carry_out_import(plan=plan(alliance, NEW), by=secretariat)
    members = members_of(alliance).select_related("organisation__parent")
    sheet = members_sheet(alliance, members, language)

    for content in (write_csv(sheet, language), write_workbook([sheet], language)):
        planned = plan(alliance, content)
        assert [line.changes for line in planned.lines] == [{}] * 5
        assert planned.problems == ()


def test_a_change_says_what_was_before(alliance, giving, secretariat):
    planned = plan(alliance, f"单位名称,成员类别,地址\n{giving.name},社区,示例路 1 号\n")
    carry_out_import(plan=planned, by=secretariat)

    assert planned.lines[0].changes == {
        "category": ("建设运营单位", "社区"),
        "address": ("", "示例路 1 号"),
    }
    giving.refresh_from_db()
    assert giving.address == "示例路 1 号"
    assert giving.memberships.get().category == "community"


def test_columns_that_are_not_there_and_blank_kinds_stay_as_they_are(alliance, giving):
    planned = plan(alliance, f"单位名称,单位类型,成员类别\n{giving.name},,\n")

    assert [(line.verdict, line.changes) for line in planned.lines] == [(Verdict.SAME, {})]


def test_an_organisation_is_known_by_its_credit_code_when_its_name_changes(alliance, giving):
    giving.credit_code = "91370200MA3C000015"
    giving.save()

    planned = plan(alliance, "单位名称,统一社会信用代码\n建设控股,91370200MA3C000015\n")

    assert planned.lines[0].changes == {"name": ("建设集团(示例)", "建设控股")}


def test_the_english_name_means_the_same_organisation(alliance, giving):
    planned = plan(alliance, "Organisation,Address\nBuilders (illustrative),\n")

    assert planned.lines[0].current == giving.memberships.get()
    assert planned.lines[0].verdict == Verdict.SAME


def test_an_organisation_known_elsewhere_joins_with_what_is_on_record(alliance, secretariat):
    known = Organisation.objects.create(name="示例外地公司", address="原地址")

    planned = plan(alliance, "单位名称,地址\n示例外地公司,新地址\n")
    carry_out_import(plan=planned, by=secretariat)

    known.refresh_from_db()
    assert known.address == "原地址"
    assert known.memberships.get().alliance == alliance
    assert told(planned) == [(2, "A", "该单位已在平台登记。", "warning")]


def test_an_unknown_parent_is_a_problem_that_names_the_similar_one(alliance, giving):
    planned = plan(alliance, "单位名称,上级单位\n示例乙,建设集团\n")

    assert told(planned) == [(2, "B", "没有找到上级单位“建设集团”。", "error")]
    assert planned.problems[0].remedy == "是否为“建设集团（示例）”？请按成员名单填写全称。"
    assert planned.lines == ()


def test_a_text_too_long_is_a_problem_not_a_crash(alliance):
    planned = plan(alliance, f"单位名称,地址\n示例乙,{'长' * 201}\n")

    assert [(p.row, p.column, p.severity) for p in planned.problems] == [(2, "B", "error")]


def test_nothing_is_imported_while_there_is_an_error_unless_chosen(alliance, secretariat):
    planned = plan(alliance, "单位名称,加入日期\n示例乙,2026-13-45\n示例丙,2026-03-05\n")

    with pytest.raises(ActionRefused, match="1 处错误"):
        carry_out_import(plan=planned, by=secretariat)
    assert Organisation.objects.filter(name="示例丙").count() == 0

    outcome = carry_out_import(plan=planned, by=secretariat, only_good_rows=True)
    assert (outcome.created, outcome.left_out) == (1, 1)


@pytest.mark.parametrize("persona", ["lead_a", "giver", "viewer", "outsider", "auditor"])
def test_only_those_who_manage_members_import_them(alliance, persona, request):
    with pytest.raises(PermissionDenied):
        carry_out_import(plan=plan(alliance, NEW), by=request.getfixturevalue(persona))


def test_rows_pasted_without_headings_are_read_in_the_order_of_the_template(alliance):
    content, filename = pasted_list("members", "示例乙\t\t社区\t社区\n示例丙\t\t街道\t街道\n")
    read = read_list(alliance=alliance, kind="members", content=content, filename=filename)

    assert [(row.name, row.kind) for row in read.parsed.rows] == [
        ("示例乙", "community"),
        ("示例丙", "subdistrict"),
    ]


def test_columns_can_be_mapped_by_hand(alliance):
    planned = plan(
        alliance,
        "甲,乙\n示例乙,示例路 1 号\n",
        mapping={"成员": {"name": 0, "address": 1}},
    )

    assert [line.facts["organisation"]["address"] for line in planned.lines] == ["示例路 1 号"]


def test_an_upload_is_carried_out_once(alliance, secretariat):
    draft = keep_draft(
        alliance=alliance, kind="members", filename="a.csv", content=NEW.encode(), by=secretariat
    )
    settle_draft(draft=draft, by=secretariat)

    with pytest.raises(ActionRefused, match="已经导入"):
        settle_draft(draft=draft, by=secretariat)


def test_old_uploads_are_erased(alliance, secretariat):
    draft = keep_draft(
        alliance=alliance, kind="members", filename="a.csv", content=b"x", by=secretariat
    )
    ImportDraft.objects.filter(pk=draft.pk).update(uploaded_at=now() - timedelta(days=8))

    assert discard_old_drafts() == 1
    assert ImportDraft.objects.count() == 0


def test_a_liaison_officer_cannot_upload_members(alliance, giver):
    with pytest.raises(PermissionDenied):
        keep_draft(alliance=alliance, kind="members", filename="a.csv", content=b"x", by=giver)


def test_who_keeps_no_lists_cannot_upload_offers(alliance, viewer):
    with pytest.raises(ActionRefused, match="没有可填报的单位"):
        keep_draft(alliance=alliance, kind="offers", filename="a.csv", content=b"x", by=viewer)


def test_brackets_in_names_mean_the_same_in_either_width(alliance, secretariat):
    text = "单位名称,上级单位\n示例（集团）分公司,示例(集团)\n示例（集团）,\n"

    carry_out_import(plan=plan(alliance, text), by=secretariat)

    branch = Organisation.objects.get(name="示例（集团）分公司")
    assert branch.parent.name == "示例（集团）"
