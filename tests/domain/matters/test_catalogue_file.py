"""The responsibility catalogue goes out as a spreadsheet and comes in again."""

import pytest

from binglian.command.main import main
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.matters.actions import import_catalogue
from binglian.domain.matters.imports import catalogue_csv, plan_catalogue
from binglian.domain.matters.models import Category, Responsibility
from binglian.domain.refusals import ActionRefused

HEAD = "代码,名称,关键词,公开,范围,主办单位,协办单位,首次联系小时,期限,计时,依据\n"
GOOD = "light,路灯,路灯、不亮,是,,建设集团（示例）,海关后社区（示例）,24,3,工作日,\n"


def planned(alliance, text):
    return plan_catalogue(alliance, text.encode(), "catalogue.csv")


def test_categories_and_responsibilities_come_in_together(alliance, secretariat, giving, needing):
    import_catalogue(plan=planned(alliance, HEAD + GOOD), by=secretariat)

    entry = Responsibility.objects.get(category__code="light")
    assert (entry.organisation, list(entry.co_handlers.all())) == (giving, [needing])
    assert (entry.period, entry.clock, entry.contact_hours) == (3, "working_days", 24)
    assert entry.category.keywords == ["路灯", "不亮"]


def test_what_goes_out_comes_in_again_unchanged(alliance, secretariat, drains, noise):
    content = catalogue_csv(alliance)
    before = LedgerEntry.objects.count()

    plan = plan_catalogue(alliance, content, "catalogue.csv")
    import_catalogue(plan=plan, by=secretariat)

    assert (len(plan.lines), plan.problems) == (2, ())
    assert LedgerEntry.objects.count() == before  # nothing differed


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "gas,燃气,,是,,外单位,,24,3,工作日,\n",
            "第 3 行 F 列（主办单位）：“外单位”不是本联盟成员，请先登记该单位，或改用成员的全称。",
        ),
        (
            "gas,燃气,,是,,建设集团（示例）,,24,三天,工作日,\n",
            "第 3 行 I 列（期限）：“三天”请写大于零的整数。",
        ),
        (
            "gas,燃气,,是,,建设集团（示例）,,24,3,月,\n",
            "第 3 行 J 列（计时）：“月”请写小时、自然日或工作日。",
        ),
        (
            "gas,燃气,,是,月球,建设集团（示例）,,24,3,工作日,\n",
            "第 3 行 E 列（范围）：“月球”没有这个片区，请先登记，或留空表示全部范围。",
        ),
        (GOOD, "第 3 行 A 列（代码）：“light”与第 2 行重复。"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(
    alliance, secretariat, giving, needing, row, problem
):
    plan = planned(alliance, HEAD + GOOD + row)

    assert plan.problems == (problem,)
    with pytest.raises(ActionRefused, match="没有写入"):
        import_catalogue(plan=plan, by=secretariat)
    assert Category.objects.count() == 0


def test_a_missing_column_is_named(alliance):
    assert planned(alliance, "代码,名称,主办单位,计时\n").problems == (
        "第 1 行没有“期限”这一列，请补上。",
    )


def test_by_the_command_a_dry_run_writes_nothing(
    alliance, giving, needing, administrator, tmp_path, capsys
):
    path = tmp_path / "catalogue.csv"
    path.write_text(HEAD + GOOD, encoding="utf-8")
    command = ["import", "responsibilities", str(path), "--alliance", "historic"]

    assert main([*command, "--dry-run", "--lang", "zh"]) == 0
    assert Category.objects.count() == 0
    assert main([*command, "--lang", "zh"]) == 0

    assert Category.objects.count() == 1
    assert capsys.readouterr().out.splitlines() == [
        "没有写入：1 行无误，0 处有误。",
        "已导入：1 行无误，0 处有误。",
    ]
