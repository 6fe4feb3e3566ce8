"""Minutes as an office files them."""

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document

from binglian.papers.minutes import Attendance, Item, MinutesPaper, Resolution, typeset, write_docx
from binglian.papers.refusal import PaperRefused

MINUTES = MinutesPaper(
    alliance="老城片区联盟",
    title="老城片区联盟第三次联席会议纪要",
    number="〔2026〕3号",
    held_at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    place="街道会议室",
    chair="街道办事处",
    items=(
        Item(
            "公布本轮结果",
            "秘书处作了通报。\n会议同意公布。",
            (Resolution("3-1", "开放会议室", "商户联合会", date(2026, 12, 31)),),
        ),
        Item("修缮工程", "各部门同步预审。"),
    ),
    attendance=(Attendance("商户联合会", "出席"), Attendance("𬭎龘靐公司", "请假", "另有任务")),
    earlier=(Resolution("2-4", "补齐标识", "街道办事处", None, "进行中"),),
)


def text_of(pdf: bytes) -> str:
    assert shutil.which("pdftotext"), "pdftotext is absent; make test installs poppler-utils."
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def test_the_same_minutes_give_the_same_bytes():
    assert typeset(MINUTES) == typeset(replace(MINUTES))


def test_what_was_resolved_is_on_the_paper_with_owner_and_date():
    lines = ["".join(line.split()) for line in text_of(typeset(MINUTES)).splitlines()]

    assert "3-1开放会议室商户联合会2026年12月31日" in lines
    assert "2-4补齐标识街道办事处长期进行中" in lines


def test_rare_characters_of_a_name_are_shown():
    assert "𬭎龘靐公司" in text_of(typeset(MINUTES))


def test_every_page_says_which_of_how_many_it_is():
    many = replace(MINUTES, attendance=tuple(Attendance(f"成员单位{n}", "出席") for n in range(60)))

    pages = ["".join(page.split()) for page in text_of(typeset(many)).split("\f")[:-1]]

    assert [page[-6:] for page in pages] == [f"第{n}页共3页" for n in (1, 2, 3)]


def test_a_character_without_a_glyph_is_refused_by_name():
    with pytest.raises(PaperRefused, match="字体里没有这些字：🎉 （见“庆祝🎉”）"):
        typeset(replace(MINUTES, title="庆祝🎉"))


def test_the_word_document_holds_the_same_as_the_pdf():
    document = Document(BytesIO(write_docx(MINUTES)))

    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    tables = [[[cell.text for cell in row.cells] for row in t.rows] for t in document.tables]

    assert headings == ["一、公布本轮结果", "二、修缮工程", "此前未办结的议定事项", "参会单位"]
    assert tables[0][1] == ["3-1", "开放会议室", "商户联合会", "2026年12月31日"]
    assert tables[1][1] == ["2-4", "补齐标识", "街道办事处", "长期", "进行中"]
    assert tables[2][2] == ["2", "𬭎龘靐公司", "请假", "另有任务"]
