"""Files we give out: read back the same, run nothing, and show what is wrong."""

import csv
import datetime as dt
import io
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from binglian.sheets.cells import TimeWindow, normalise
from binglian.sheets.checkup_columns import DIMENSIONS, SEVERITIES
from binglian.sheets.columns import COLUMNS, KIND_SYNONYMS, MEMBER_CATEGORIES, ORGANISATION_KINDS
from binglian.sheets.reading import guess_kind, read_workbook, recognise
from binglian.sheets.rows import (
    CheckupRow,
    ComponentRow,
    MemberRow,
    NeedRow,
    OfferRow,
    PlaceRow,
    checkup_cells,
    member_cells,
    need_cells,
    offer_cells,
    parse_checkup,
    parse_members,
    parse_needs,
    parse_offers,
    parse_places,
    place_cells,
)
from binglian.sheets.rows.places import CHOICES, TEXTS
from binglian.sheets.writing import (
    SheetOut,
    mark_problems,
    template,
    write_csv,
    write_workbook,
)

pytestmark = pytest.mark.once

PARSE = {
    "members": parse_members,
    "offers": parse_offers,
    "needs": parse_needs,
    "places": parse_places,
    "checkup": parse_checkup,
}

_letters = "示例街道社区会客厅里院AbC 019=+-@'\"(&<"
texts = st.text(_letters, max_size=12).map(normalise)
words = st.text("示例街道社区会客厅AbC019", min_size=1, max_size=8).map(lambda w: f"例{w}")
word_lists = st.lists(words, max_size=3, unique_by=str.casefold).map(tuple)
amounts = st.decimals(Decimal("0.01"), Decimal(999_999), places=2)
units = st.sampled_from(["", "场", "小时", "元", "名", "平方米", "seats"])
degrees = st.floats(-90, 90).map(lambda d: round(d, 6))
positions = st.one_of(st.just((None, None)), st.tuples(degrees, degrees))
dates = st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
windows = st.lists(
    st.builds(
        TimeWindow,
        first_on=dates,
        weekdays=st.sets(st.integers(1, 7), min_size=1).map(frozenset),
        start=st.none() | st.sampled_from([dt.time(8), dt.time(13, 30)]),
        end=st.none() | st.sampled_from([dt.time(17), dt.time(21, 15)]),
    ),
    max_size=2,
    unique=True,
).map(tuple)


@st.composite
def members(draw):
    longitude, latitude = draw(positions)
    return MemberRow(
        sheet="成员名单",
        row=2,
        name=draw(words),
        name_en=draw(texts),
        kind=draw(st.sampled_from([*ORGANISATION_KINDS])),
        category=draw(st.sampled_from([*MEMBER_CATEGORIES])),
        credit_code=draw(st.sampled_from(["", "91110000101623741K", "12345"])),
        parent=draw(texts),
        address=draw(texts),
        longitude=longitude,
        latitude=latitude,
        desk=draw(texts),
        joined_on=draw(dates),
        note=draw(texts),
    )


@st.composite
def offers(draw):
    longitude, latitude = draw(positions)
    quantity = draw(amounts)
    return OfferRow(
        sheet="资源清单",
        row=2,
        number=draw(words),
        organisation=draw(words),
        title=draw(words),
        kind=draw(st.sampled_from([*KIND_SYNONYMS])),
        tags=draw(word_lists),
        quantity=quantity,
        unit=draw(units),
        lot=draw(st.sampled_from([None, quantity])),
        windows=draw(windows),
        place=draw(texts),
        longitude=longitude,
        latitude=latitude,
        conditions=draw(word_lists),
        excludes=draw(word_lists),
        note=draw(texts),
    )


@st.composite
def needs(draw):
    longitude, latitude = draw(positions)
    parts = draw(st.integers(1, 3))
    return NeedRow(
        sheet="需求清单",
        row=2,
        number=draw(st.sampled_from(["", "N1"])),
        organisation=draw(words),
        title=draw(words),
        priority=draw(st.sampled_from(["urgent", "important", "ordinary"])),
        deadline=draw(dates),
        windows=draw(windows),
        place=draw(texts),
        longitude=longitude,
        latitude=latitude,
        within_km=draw(st.none() | amounts),
        beneficiaries=draw(st.none() | st.integers(0, 99_999)),
        all_or_nothing=draw(st.booleans()),
        max_suppliers=draw(st.none() | st.integers(1, 9)),
        prefers=draw(word_lists),
        rules_out=draw(word_lists),
        refuses=draw(word_lists),
        note=draw(texts),
        components=tuple(
            ComponentRow(
                row=2 + i,
                title=draw(words),
                kind=draw(st.sampled_from([*KIND_SYNONYMS])),
                tags=draw(word_lists),
                quantity=draw(amounts),
                unit=draw(units),
            )
            for i in range(parts)
        ),
    )


@st.composite
def places(draw):
    longitude, latitude = draw(positions)
    units = draw(st.none() | st.integers(0, 999))
    said = {name: draw(texts) for name in TEXTS}
    chosen = {name: draw(st.sampled_from(["", *words])) for name, words in CHOICES.items()}
    return PlaceRow(
        sheet="里院和历史建筑",
        row=2,
        name_zh=draw(words),
        longitude=longitude,
        latitude=latitude,
        storeys=draw(st.none() | st.integers(0, 99)),
        floor_area=draw(st.none() | amounts),
        units=units,
        vacant_units=units,
        state_on=draw(dates),
        owner=draw(word_lists),
        agent=draw(word_lists),
        user=draw(word_lists),
        **said,
        **chosen,
    )


@st.composite
def checkups(draw):
    """A problem; its need has always a quantity and a kind."""
    longitude, latitude = draw(positions)
    return CheckupRow(
        sheet="城市体检问题",
        row=2,
        number=draw(texts),
        dimension=draw(st.sampled_from(sorted(DIMENSIONS))),
        indicator=draw(words),
        problem=draw(words),
        organisation=draw(words),
        source=draw(words),
        year=draw(st.integers(2015, 2099)),
        place=draw(texts),
        longitude=longitude,
        latitude=latitude,
        severity=draw(st.sampled_from(sorted(SEVERITIES))),
        deadline=draw(dates),
        kind=draw(st.sampled_from(sorted(KIND_SYNONYMS))),
        quantity=draw(amounts),
        unit=draw(units),
        note=draw(texts),
    )


def read_back(content, filename, kind):
    (raw,) = read_workbook(content, filename)
    return PARSE[kind](recognise(raw, COLUMNS[kind]))


@settings(max_examples=30)
@given(st.data(), st.sampled_from(["zh-hans", "en"]), st.sampled_from(["xlsx", "csv"]))
@pytest.mark.parametrize("kind", COLUMNS)
def test_what_is_exported_is_what_is_imported(kind, data, language, form):
    rows, cells, title = {
        "members": (members, member_cells, "成员名单"),
        "offers": (offers, offer_cells, "资源清单"),
        "needs": (needs, need_cells, "需求清单"),
        "places": (places, place_cells, "里院和历史建筑"),
        "checkup": (checkups, checkup_cells, "城市体检问题"),
    }[kind]
    row = data.draw(rows())
    written = cells(row, language)
    out = SheetOut(title, COLUMNS[kind], written if isinstance(written, list) else [written])
    content = write_workbook([out], language) if form == "xlsx" else write_csv(out, language)

    result = read_back(content, f"{title}.{form}", kind)
    assert result.rows == (row,)
    assert result.errors == ()


@pytest.mark.parametrize(
    "poison", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("x")', "＝1+1", "＠SUM(A1)"]
)
def test_no_text_becomes_a_formula(poison):
    out = SheetOut("成员名单", COLUMNS["members"], [{"name": poison, "note": poison}])
    page = load_workbook(io.BytesIO(write_workbook([out]))).worksheets[0]
    assert (page["A2"].value, page["A2"].data_type, page["A2"].quotePrefix) == (poison, "s", True)

    line = write_csv(out).decode("utf-8-sig").splitlines()[1]
    assert next(csv.reader([line]))[0] == f"'{poison}"
    # Full-width signs are read as the plain ones they stand for.
    plain = unicodedata.normalize("NFKC", poison)
    assert read_back(write_csv(out), "a.csv", "members").rows[0].name == plain


def test_a_csv_file_opens_with_its_chinese_intact():
    content = write_csv(SheetOut("成员名单", COLUMNS["members"], []))
    assert content.startswith(b"\xef\xbb\xbf" + "单位名称,英文名称".encode())


def test_a_workbook_offers_its_choices_and_keeps_its_headings_in_sight():
    page = load_workbook(io.BytesIO(template("needs"))).worksheets[0]
    assert page.freeze_panes == "A2"
    lists = {
        str(rule.sqref).split("2:")[0]: rule.formula1
        for rule in page.data_validations.dataValidation
    }
    assert lists["I"] == '"紧急,重要,一般"'
    assert lists["E"].startswith('"场地,专家时间,设备')
    assert page["E1"].comment.text == "必填。需求的类别，从下拉表中选。"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", ["members", "offers", "needs", "places", "checkup", "lists"])
def test_every_template_can_be_imported_as_it_is(kind, language):
    for raw in read_workbook(template(kind, language), "模板.xlsx"):
        found = guess_kind(raw)
        table = recognise(raw, COLUMNS[found])
        result = PARSE[found](table)
        assert (table.unknown, table.missing_required, result.problems) == ((), (), ())
        assert result.rows


def test_the_lists_template_is_an_example_with_scarcity():
    offered, needed = read_workbook(template("lists"), "清单.xlsx")
    assert (offered.name, needed.name) == ("资源清单", "需求清单")
    given_rows = parse_offers(recognise(offered, COLUMNS["offers"])).rows
    asked_rows = parse_needs(recognise(needed, COLUMNS["needs"])).rows
    assert (len(given_rows), len(asked_rows)) == (9, 9)
    assert [need.number for need in asked_rows if len(need.components) > 1] == ["N1", "N3"]

    def total(rows, kind):
        return sum(row.quantity for row in rows if row.kind == kind)

    asked = [part for need in asked_rows for part in need.components]
    for kind in ("expertise", "funds", "parking", "policy"):
        assert total(asked, kind) > total(given_rows, kind)


def test_problems_are_marked_in_the_users_own_workbook(nasty_needs):
    (raw,) = read_workbook(nasty_needs, "需求.xlsx")
    result = parse_needs(recognise(raw, COLUMNS["needs"]))
    marked = mark_problems(nasty_needs, "需求.xlsx", result.problems)

    page = load_workbook(io.BytesIO(marked)).worksheets[0]
    assert page["A1"].value == "示例片区党建联盟２０２６年上半年需求清单"
    assert page["M4"].value == "问题"
    assert page["H14"].comment.text == ("没有“2026.2.30”这一天。2026 年 2 月只有 28 天，请核对。")
    assert page["H14"].fill.fgColor.rgb == "00F8C9C4"  # an error
    assert page["F13"].fill.fgColor.rgb == "00FFF0B3"  # a warning
    assert page["M13"].value == "F（数量）数量“若干”不确定。按 1 计，请核实。"
    assert len(page["M14"].value.splitlines()) == 5
    assert page["M6"].value is None


def test_a_marked_file_reads_like_the_original_and_can_be_marked_again(nasty_needs):
    def parse(content):
        (raw,) = read_workbook(content, "需求.xlsx")
        table = recognise(raw, COLUMNS["needs"])
        return table.unknown, parse_needs(table)

    unknown, result = parse(nasty_needs)
    marked = mark_problems(nasty_needs, "需求.xlsx", result.problems)
    assert parse(marked) == (unknown, result)
    again = load_workbook(io.BytesIO(mark_problems(marked, "需求.xlsx", result.problems)))
    assert again.worksheets[0].max_column == 13


def test_problems_are_marked_in_a_gb18030_csv():
    text = (
        "单位,资源名称,类别,数量,备注\r\n示例街道,里院,场馆所,２,=1+1\r\n示例社区,水,物资,5,-5\r\n"
    )
    content = text.encode("gb18030")
    (raw,) = read_workbook(content, "资源.csv")
    result = parse_offers(recognise(raw, COLUMNS["offers"]))
    assert [offer.organisation for offer in result.rows] == ["示例社区"]

    lines = mark_problems(content, "资源.csv", result.problems).decode("utf-8-sig")
    heading, bad, good = csv.reader(io.StringIO(lines, newline=""))
    assert heading == ["单位", "资源名称", "类别", "数量", "备注", "问题"]
    assert bad[:5] == ["示例街道", "里院", "场馆所", "２", "'=1+1"]
    assert bad[5].startswith("C（类别）没有“场馆所”这个选项。")
    assert good == ["示例社区", "水", "物资", "5", "-5", ""]


def test_a_problem_in_a_merged_cell_is_marked_on_the_whole_range():
    book = Workbook()
    page = book.worksheets[0]
    for row in (
        ["编号", "单位", "需求名称", "组成", "类别", "截止日期"],
        ["N1", "示例社区", "课堂", "教室", "场地", "2026.2.30"],
        ["N1", "示例社区", "课堂", "讲师", "专家", None],
    ):
        page.append(row)
    page.merge_cells("F2:F3")
    out = io.BytesIO()
    book.save(out)
    (raw,) = read_workbook(out.getvalue(), "需求.xlsx")
    problems = parse_needs(recognise(raw, COLUMNS["needs"])).problems
    marked = load_workbook(io.BytesIO(mark_problems(out.getvalue(), "需求.xlsx", problems)))
    assert "2026.2.30" in marked.worksheets[0]["F2"].comment.text
