"""Files as they come: what is opened, what is recognised, what is refused and why."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from binglian.sheets.columns import COLUMNS, MEMBERS, NEEDS, OFFERS
from binglian.sheets.reading import BadFile, RawSheet, guess_kind, read_workbook, recognise
from binglian.sheets.reading.files import MOST_BYTES, MOST_COLUMNS, MOST_ROWS

pytestmark = pytest.mark.once


def sheet(*rows, name="Sheet1"):
    width = max(len(row) for row in rows)
    return RawSheet(name, tuple((*row, *[None] * (width - len(row))) for row in rows))


@pytest.mark.parametrize("kind", COLUMNS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_standard_headings_are_recognised_in_both_languages(kind, language):
    columns = COLUMNS[kind]
    table = recognise(sheet([column.heading(language) for column in columns]), columns)
    assert table.columns == {column.key: i for i, column in enumerate(columns)}
    assert (table.kind, table.unknown, table.missing_required) == (kind, (), ())


def test_headings_are_known_by_synonyms_whatever_their_dress():
    table = recognise(
        sheet(["序号", "1.需求单位(盖章)", "需求内容＊", "需求 类别", "所需数量", "联系人"]), NEEDS
    )
    assert table.columns == {"number": 0, "organisation": 1, "title": 2, "kind": 3, "quantity": 4}
    assert table.unknown == ("联系人",)


def test_an_office_phone_is_a_contact_desk_and_a_person_is_not():
    table = recognise(sheet(["单位名称", "联系人", "联系电话"]), MEMBERS)
    assert table.columns == {"name": 0, "desk": 2}
    assert table.unknown == ("联系人",)


def test_the_word_unit_beside_the_quantity_is_the_unit_of_measure():
    table = recognise(sheet(["单位", "资源名称", "类别", "数量", "单位"]), OFFERS)
    assert table.columns == {"organisation": 0, "title": 1, "kind": 2, "quantity": 3, "unit": 4}


def test_a_mapping_by_hand_overrides_the_headings():
    raw = sheet(["甲", "乙", "资源名称", "类别"], ["示例公司", "里院", "旧名", "场地"])
    table = recognise(raw, OFFERS, {"organisation": 0, "title": 1})
    assert table.columns == {"organisation": 0, "title": 1, "kind": 3}
    assert table.unknown == ("资源名称",)
    assert table.rows[0].cells == {"organisation": "示例公司", "title": "里院", "kind": "场地"}


def test_a_mapping_by_hand_works_where_no_heading_is_known():
    table = recognise(sheet(["甲", "乙"], ["示例公司", "里院"]), MEMBERS, {"name": 0})
    assert (table.heading_row, table.rows[0].cells) == (1, {"name": "示例公司"})


def test_missing_required_columns_are_named():
    table = recognise(sheet(["单位", "资源名称"]), OFFERS)
    assert [column.key for column in table.missing_required] == ["kind"]


def test_a_sheet_without_headings_gives_no_rows():
    table = recognise(sheet(["你好"], ["再见"]), OFFERS)
    assert (table.heading_row, table.rows) == (0, ())
    assert guess_kind(sheet(["你好"], ["再见"])) is None


def test_a_nasty_workbook_is_recognised(nasty_needs):
    (raw,) = read_workbook(nasty_needs, "需求.xlsx")
    assert guess_kind(raw) == "needs"

    table = recognise(raw, NEEDS)
    assert (table.heading_row, table.year, table.unknown) == (4, 2026, ("联系人",))
    assert table.columns == {
        "number": 0,
        "organisation": 1,
        "title": 2,
        "component": 3,
        "kind": 4,
        "quantity": 5,
        "unit": 6,
        "deadline": 7,
        "windows": 8,
        "priority": 9,
        "beneficiaries": 11,
    }
    assert [row.number for row in table.rows] == [6, 7, 8, 10, 11, 13, 14]
    assert table.skipped == (5, 12, 15, 16, 17, 18, 19)
    assert table.rows[2].cells["title"] == "长者法律课堂"  # merged down
    assert table.rows[2].letter_of("quantity") == "F"


@pytest.mark.parametrize(
    ("name", "headings", "kind"),
    [
        ("资源清单", ["单位", "名称", "类别"], "offers"),
        ("需求清单", ["单位", "名称", "类别"], "needs"),
        ("Sheet1", ["单位", "需求名称", "优先级", "数量"], "needs"),
        ("Sheet1", ["单位名称", "单位类型", "联系电话"], "members"),
        ("Offers", ["Organisation", "Offer", "Kind"], "offers"),
    ],
)
def test_the_kind_of_list_shows_in_its_name_and_headings(name, headings, kind):
    assert guess_kind(sheet(headings, name=name)) == kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_file_is_read_in_any_usual_encoding(encoding, delimiter):
    lines = [["单位", "资源名称", "数量"], ["示例街道", "里院，会客厅", "２场"], ["", "", ""]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    (raw,) = read_workbook(text.encode(encoding), "某街道.csv")
    assert raw == RawSheet("某街道", (tuple(lines[0]), tuple(lines[1])))


def test_hidden_sheets_are_left_alone(xlsx):
    book = Workbook()
    book.worksheets[0].append(["单位", "资源名称"])
    book.create_sheet("选项").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert [raw.name for raw in read_workbook(out.getvalue(), "a.xlsx")] == ["Sheet"]


def test_a_path_is_read_like_its_bytes(xlsx, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx([["单位", "资源名称"]]))
    assert read_workbook(path, path.name) == read_workbook(path.read_bytes(), path.name)


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (OLD, "另存为 .xlsx"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"%PDF-1.7 ...", "这不是表格文件"),
        (b"<html><table></table></html>", "这不是表格文件"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "这不是表格文件"),
        (b"PK\x03\x04 cut off", "不完整或已损坏"),
        (zipped(word__document_xml="<w/>"), "这不是表格文件"),
        (zipped(content_xml="<office/>"), "另存为 .xlsx"),
        (zipped(xl__workbook_xml="<workbook/>"), "已损坏"),
        (
            zipped(xl__workbook_xml='<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'),
            "不安全的内容",
        ),
        (
            zipped(
                xl__workbook_xml=f'<!--{"x" * 70_000}--><!DOCTYPE x [<!ENTITY a "b">]><workbook/>'
            ),
            "不安全的内容",
        ),
        (
            zipped(
                xl__workbook_xml=b'<?xml version="1.0" encoding="cp037"?>'
                + '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'.encode("cp037")
            ),
            "不安全的内容",
        ),
        (zipped(xl__workbook_xml="<w/>", xl__media__a_xml=b" " * (81 << 20)), "展开后太大"),
        (b"a" * (MOST_BYTES + 1), "文件超过 10 MB"),
        (b"\xff\x81\x20\xff", "文字编码"),
        (b"a,b\n" * (MOST_ROWS + 1), "超过 20000 行"),
    ],
    ids=[
        "empty", "old", "password", "pdf", "html", "picture", "cut", "docx", "ods", "damaged",
        "entities", "entities far down", "entities in disguise",
        "bomb", "large", "encoding", "long",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(content, said):
    with pytest.raises(BadFile) as refused:
        read_workbook(content, "清单.xlsx")
    assert said in refused.value.message


def test_a_formula_never_computed_is_named_by_its_cell(xlsx):
    content = xlsx([["单位", "资源名称", "数量"], ["示例街道", "里院", "=1+1"]], "资源清单")
    with pytest.raises(BadFile) as refused:
        read_workbook(content, "a.xlsx")
    assert "工作表“资源清单”的 C2 是公式" in refused.value.message


def test_a_merge_that_reaches_below_the_list_fills_only_the_list(xlsx):
    content = xlsx([["单位", "资源名称"], ["示例街道", "里院"]], merged=["A2:A400", "D1:F1"])
    (raw,) = read_workbook(content, "a.xlsx")
    assert raw.rows == (("单位", "资源名称"), ("示例街道", "里院"))


def test_a_format_painted_down_the_sheet_is_no_row():
    book = Workbook()
    page = book.worksheets[0]
    page.append(["单位", "资源名称"])
    page.cell(1_000_000, 3).number_format = "0.00"
    out = io.BytesIO()
    book.save(out)
    (raw,) = read_workbook(out.getvalue(), "a.xlsx")
    assert raw.rows == (("单位", "资源名称"),)


@pytest.mark.parametrize("block", ["A1:C1048576", "A:XFD"])
def test_a_small_file_that_merges_a_whole_sheet_is_refused_before_it_is_opened(xlsx, block):
    package, out = zipfile.ZipFile(io.BytesIO(xlsx([["单位"]]))), io.BytesIO()
    merges = f'</sheetData><mergeCells count="1"><mergeCell ref="{block}"/></mergeCells>'
    with zipfile.ZipFile(out, "w") as changed:
        for name in package.namelist():
            xml = package.read(name).replace(b"</sheetData>", merges.encode())
            changed.writestr(name, xml)

    with pytest.raises(BadFile, match="合并的单元格太多"):
        read_workbook(out.getvalue(), "a.xlsx")


def test_one_endless_line_does_not_widen_every_other():
    content = b"a\n" * 10_000 + b"," * 1_000_000 + b"b\n"
    (raw,) = read_workbook(content + b"c," * 300 + b"\n", "a.csv")
    assert max(len(row) for row in raw.rows) == MOST_COLUMNS
