"""Open .xlsx and .csv files that people really have, and say plainly why one cannot be read."""

import csv
import io
import os
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED_BYTES = 80 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
#: Each merged cell costs memory when the file is opened, however small the file.
MOST_MERGED_CELLS = 200_000

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MERGED = re.compile(rb"""mergeCell\s[^>]*?ref\s*=\s*["']([^"']{1,40})["']""")
#: Entities can be made to explode. Neither stands in a file that spreadsheet software writes.
#: With a nought byte, or in another declared encoding than UTF-8, they would not be seen here.
_UNSAFE = (b"<!DOCTYPE", b"<!ENTITY", b"\0")
_DISGUISED = re.compile(rb"""\s*<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)
#: Spreadsheet software of East Asia takes the full-width signs for formulas, too.
_GUARDED = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "'")


class BadFile(ValueError):
    """A file that is no readable spreadsheet; ``message`` says what to do, in plain words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class RawSheet:
    """One sheet: ``rows[i][j]`` is the value of row i + 1, column j + 1; blanks are None."""

    name: str
    rows: tuple[tuple[Any, ...], ...]


def read_workbook(source: bytes | str | os.PathLike[str], filename: str) -> tuple[RawSheet, ...]:
    """Read every visible sheet of an .xlsx file, or the one sheet of a .csv file.

    Merged ranges are filled with the value of their first cell.

    Raises
    ------
    BadFile
        Not a spreadsheet, an old or protected one, too large, or with formulas never computed.
    """
    content = contents_of(source)
    if is_text(content):
        return (RawSheet(PurePath(filename).stem, _csv_rows(content)),)
    book = open_xlsx(content, values=True)
    computed = _formula_cells(content)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in sheets:
        for row, column in computed.get(sheet.title, ()):
            if sheet.cell(row, column).value is None:
                raise BadFile(
                    _(
                        "工作表“%(sheet)s”的 %(cell)s 是公式，但文件里没有计算结果。"
                        "请用表格软件打开并保存一次，再上传。"
                    )
                    % {"sheet": sheet.title, "cell": f"{get_column_letter(column)}{row}"}
                )
    return tuple(RawSheet(sheet.title, _xlsx_rows(sheet)) for sheet in sheets)


def contents_of(source: bytes | str | os.PathLike[str]) -> bytes:
    """The bytes of a file or of a path, refused when empty or larger than ``MOST_BYTES``."""
    if isinstance(source, bytes):
        content = source
    else:
        with open(source, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadFile(
            _("文件超过 %(most)s MB，请拆成几个文件。") % {"most": MOST_BYTES // 1024 // 1024}
        )
    if not content.strip():
        raise BadFile(_("文件是空的。"))
    return content


def is_text(content: bytes) -> bool:
    """Whether the file is to be read as .csv; other formats than .xlsx and .csv are refused."""
    if content.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise BadFile(_("文件设有打开密码。请在表格软件里去掉密码后再上传。"))
        raise BadFile(_("这是旧版 .xls 文件。请在表格软件里“另存为 .xlsx”后再上传。"))
    if content.startswith(b"PK"):
        return False
    start = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<", b"{", b"%pdf")):
        raise BadFile(_("这不是表格文件。请上传 .xlsx 或 .csv；网页表格请先“另存为 .xlsx”。"))
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in content and not utf16:
        raise BadFile(_("这不是表格文件。请上传 .xlsx 或 .csv。"))
    return True


def open_xlsx(content: bytes, *, values: bool) -> Workbook:
    """Load a workbook after checking that unpacking it is safe."""
    _refuse_unsafe_package(content)
    try:
        return openpyxl.load_workbook(io.BytesIO(content), data_only=values)
    except Exception as error:  # a damaged package raises almost anything inside openpyxl
        raise BadFile(
            _("文件已损坏，打不开。请在表格软件里打开并“另存为 .xlsx”后再上传。")
        ) from error


def _refuse_unsafe_package(content: bytes) -> None:
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise BadFile(_("文件不完整或已损坏，请重新保存后再上传。")) from error
    with package:
        parts = package.infolist()
        names = {part.filename for part in parts}
        if sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES or len(parts) > 2_000:
            raise BadFile(_("文件展开后太大。请删去图片和多余的工作表，或拆成几个文件。"))
        if "xl/workbook.bin" in names or "content.xml" in names:
            raise BadFile(_("这种表格格式不能直接读取。请在表格软件里“另存为 .xlsx”后再上传。"))
        if "xl/workbook.xml" not in names:
            raise BadFile(_("这不是表格文件。请上传 .xlsx 或 .csv。"))
        if any(part.flag_bits & 1 for part in parts):
            raise BadFile(_("文件设有打开密码。请在表格软件里去掉密码后再上传。"))
        merged = 0
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                xml = _unpacked(package, part)
                if _DISGUISED.match(xml) or any(unsafe in xml for unsafe in _UNSAFE):
                    raise BadFile(_("文件里有不安全的内容，已拒绝读取。"))
                merged += sum(_cells_in(block) for block in _MERGED.findall(xml))
        if merged > MOST_MERGED_CELLS:
            raise BadFile(_("合并的单元格太多。请取消整列、整表的合并后再上传。"))


def _unpacked(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    try:
        return package.read(part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError) as error:
        raise BadFile(_("文件不完整或已损坏，请重新保存后再上传。")) from error


def _cells_in(block: bytes) -> int:
    """How many cells a merged range such as ``A1:C3`` covers."""
    try:
        left, top, right, bottom = range_boundaries(block.decode("ascii"))
    except ValueError as error:
        raise BadFile(_("文件不完整或已损坏，请重新保存后再上传。")) from error
    # Whole columns and rows are written without their numbers.
    width = (right or 16_384) - (left or 1) + 1
    height = (bottom or 1_048_576) - (top or 1) + 1
    return width * height


def _formula_cells(content: bytes) -> dict[str, list[tuple[int, int]]]:
    """Row and column of every formula, by sheet; a second reading only if there are any."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        if not any(b"<f>" in (xml := package.read(name)) or b"<f " in xml for name in sheets):
            return {}
    found: dict[str, list[tuple[int, int]]] = {}
    for sheet in open_xlsx(content, values=False).worksheets:
        found[sheet.title] = [
            (row, column)
            for (row, column), cell in sorted(sheet._cells.items())
            if cell.data_type == "f" and column <= MOST_COLUMNS
        ]
    return found


def _xlsx_rows(sheet: Worksheet) -> tuple[tuple[Any, ...], ...]:
    # Only cells that hold something count: a format may be painted down a million rows.
    filled = [
        (row, column, cell.value)
        for (row, column), cell in sheet._cells.items()
        if column <= MOST_COLUMNS and _blank_as_none(cell.value) is not None
    ]
    height = max((row for row, _column, _value in filled), default=0)
    if height > MOST_ROWS:
        raise _too_long(sheet.title)
    width = max((column for _row, column, _value in filled), default=0)
    rows: list[list[Any]] = [[None] * width for _row in range(height)]
    for row, column, value in filled:
        rows[row - 1][column - 1] = value
    for block in sheet.merged_cells.ranges:
        if block.min_row <= height and block.min_col <= width:
            value = rows[block.min_row - 1][block.min_col - 1]
            columns = slice(block.min_col - 1, min(block.max_col, width))
            for cells in rows[block.min_row - 1 : block.max_row]:
                cells[columns] = [value] * len(cells[columns])
    return _trimmed(rows, sheet.title)


def _csv_rows(content: bytes) -> tuple[tuple[Any, ...], ...]:
    text, delimiter = csv_text(content)
    try:
        rows = [
            [_blank_as_none(_unguarded(value)) for value in row[:MOST_COLUMNS]]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise BadFile(_("CSV 文件的格式有误，请在表格软件里“另存为 .xlsx”后再上传。")) from error
    return _trimmed(rows, "CSV")


def csv_text(content: bytes) -> tuple[str, str]:
    """The text of a .csv file (UTF-8, UTF-16 or GB 18030) and its delimiter."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, _delimiter(text)
    raise BadFile(_("认不出文件的文字编码。请用“CSV UTF-8”格式另存，或另存为 .xlsx。"))


def _delimiter(text: str) -> str:
    """The separator that most lines agree on; a comma when there is one column."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]

    def agreement(delimiter: str) -> int:
        counts = [line.count(delimiter) for line in lines if delimiter in line]
        return max((counts.count(n) * n for n in set(counts)), default=0)

    return max(",\t;|", key=agreement)


def guarded(text: str) -> str:
    """A text that spreadsheet software cannot take for a formula when it opens a .csv file."""
    harmless = re.fullmatch(r"[+-]?\d+(\.\d+)?", text)
    return f"'{text}" if text.startswith(_GUARDED) and not harmless else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_GUARDED) else text


def _blank_as_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _too_long(name: str) -> BadFile:
    return BadFile(
        _("“%(sheet)s”超过 %(most)s 行，请拆成几个文件。") % {"sheet": name, "most": MOST_ROWS}
    )


def _trimmed(rows: list[list[Any]], name: str) -> tuple[tuple[Any, ...], ...]:
    """Without the blank rows and columns that a stray format leaves at the end."""
    height = max((i for i, row in enumerate(rows, 1) if any(v is not None for v in row)), default=0)
    if height > MOST_ROWS:
        raise _too_long(name)
    filled = (i for row in rows for i, value in enumerate(row, 1) if value is not None)
    width = max(filled, default=0)
    return tuple(
        tuple((row[i] if i < len(row) else None) for i in range(width)) for row in rows[:height]
    )
