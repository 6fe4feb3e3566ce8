"""The inventory as a spreadsheet: in, out, and the same again."""

from decimal import Decimal

import pytest

from binglian.domain.accounts.models import User
from binglian.domain.alliance.imports import ImportPlan, read_list
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.coupling.actions import carry_out_import
from binglian.domain.coupling.imports import plan_import
from binglian.domain.heritage.exports import places_sheet
from binglian.domain.heritage.imports.plan import with_names
from binglian.sheets.writing import template, write_csv, write_workbook

HEAD = (
    "编号,名称,类型,所属里院,保护等级,建筑面积,房间数,空置间数,阶段,修缮前打算的业态,所有权人,轮廓"
)
SQUARE = '"POLYGON ((120.32 36.07, 120.33 36.07, 120.33 36.08, 120.32 36.08, 120.32 36.07))"'


def _plan(alliance: Alliance, content: bytes, name: str = "places.csv") -> ImportPlan:
    reading = read_list(alliance=alliance, kind="places", content=content, filename=name)
    return plan_import(alliance, "places", reading)


def _csv(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def test_a_list_comes_in_whole(alliance: Alliance, giving: Organisation, secretariat: User):
    plan = _plan(
        alliance,
        _csv(
            "A2,东楼（示例）,单体建筑,A1,历史建筑,480㎡,,,已定级,,,",
            f"A1,示例里,里院,,省保,约1200平方米,36,30,施工中,老字号,{giving.name},{SQUARE}",
        ),
    )
    assert (plan.problems, plan.to_create) == ((), 2)
    carry_out_import(plan=plan, by=secretariat)

    whole = alliance.heritage.get(number="A1")
    assert (whole.grade, whole.floor_area, whole.state, whole.vacancy) == (
        "provincial",
        Decimal(1200),
        "works",
        83,
    )
    assert whole.outline["type"] == "MultiPolygon"
    assert [str(one) for one in whole.guardians.all()] == [f"{giving}（所有权人）"]
    assert alliance.heritage.get(number="A2").part_of == whole


def test_the_same_file_twice_changes_nothing(
    alliance: Alliance, giving: Organisation, secretariat: User
):
    content = _csv(f"A1,示例里,里院,,省保,1200,36,30,施工中,老字号,{giving.name},{SQUARE}")
    carry_out_import(plan=_plan(alliance, content), by=secretariat)
    again = _plan(alliance, content)

    assert (again.to_do, again.unchanged) == (0, 1)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("written", ["xlsx", "csv"])
def test_an_export_reads_back_the_same(
    alliance: Alliance, giving: Organisation, secretariat: User, language: str, written: str
):
    content = _csv(
        f"A1,示例里,里院,,省保,1200.5,36,30,施工中,老字号、创客,{giving.name},{SQUARE}",
        "A2,东楼（示例）,单体建筑,A1,历史建筑,,,,已定级,,,",
    )
    carry_out_import(plan=_plan(alliance, content), by=secretariat)
    sheet = places_sheet(with_names(alliance.heritage.all()), language)
    file = write_csv(sheet, language) if written == "csv" else write_workbook([sheet], language)
    again = _plan(alliance, file, f"places.{written}")

    assert (again.problems, again.to_do, again.unchanged) == ((), 0, 2)


def test_the_template_can_be_read_as_it_is(alliance: Alliance):
    plan = _plan(alliance, template("places"), "template.xlsx")

    assert (plan.errors, plan.to_create) == ((), 2)


def test_a_changed_cell_shows_what_was_and_what_will_be(
    alliance: Alliance, giving: Organisation, secretariat: User
):
    row = "A1,示例里,里院,,省保,1200,36,{vacant},施工中,老字号,,"
    carry_out_import(plan=_plan(alliance, _csv(row.format(vacant=30))), by=secretariat)
    plan = _plan(alliance, _csv(row.format(vacant=12)))

    assert [dict(line.changes) for line in plan.lines] == [{"vacant_units": ("30", "12")}]


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("A1,示例里,里院,,,,,,已编方案,,,", "E", "先定级"),
        ("A1,示例里,里院,,省保,,,,施工中,,,", "J", "施工前"),
        ("A1,示例里,里院,,省保,,3,5,已定级,,,", "H", "不能多于"),
        ("A1,示例里,里院,,特级,,,,已定级,,,", "E", "没有"),
        ("A1,示例里,里院,,省保,三间,,,已定级,,,", "F", "平方米"),
        ("A1,示例里,里院,,省保,,,,已定级,,不认识的公司,", "K", "成员名单里没有"),
        ("A1,示例里,里院,,省保,,,,已定级,,,一个方块", "L", "WKT"),
        ("A1,示例里,单体建筑,B9,省保,,,,已定级,,,", "D", "所属里院"),
    ],
)
def test_a_wrong_cell_is_named_with_its_remedy(
    alliance: Alliance, row: str, column: str, said: str
):
    problem = _plan(alliance, _csv(row)).errors[0]

    assert (problem.row, problem.column) == (2, column)
    assert said in problem.message + problem.remedy
    assert problem.remedy


def test_blank_cells_of_a_partial_list_leave_what_is_on_record(
    alliance: Alliance, secretariat: User
):
    full = _csv("A1,示例里,里院,,省保,1200,36,30,施工中,老字号,,")
    carry_out_import(plan=_plan(alliance, full), by=secretariat)
    plan = _plan(alliance, "编号,名称,空置间数\nA1,示例里,20\n".encode())
    carry_out_import(plan=plan, by=secretariat)

    place = alliance.heritage.get()
    assert (place.vacant_units, place.grade, place.state) == (20, "provincial", "works")
