"""The monthly briefing as an office files it."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise

import pytest
from docx import Document
from shapely.geometry import box

from binglian.papers.briefing import (
    BriefingPaper,
    Figure,
    Line,
    Part,
    characters_of,
    shortened,
    typeset,
    write_docx,
)
from binglian.papers.drawing import Bar, Drawing, Mark, Outline, area_map, bars, png_of

AT = "https://alliance.example/a/old/"
OLD = Outline("老城<&>", box(120.3, 36.0, 120.4, 36.1), is_own=True)


def lines(count: int, what: str = "甲向乙兑现“会议室”。") -> tuple[Line, ...]:
    return tuple(Line(what, f"{AT}commitments/{n}/", "10 月 5 日") for n in range(count))


def drawing(svg: str) -> Drawing:
    return Drawing(svg, "图 1　本月与上月", "新认领 12，上月 9")


BARS = bars([Bar("新认领", 12, 9)], now="10 月", before="9 月", alternative="新认领 12，上月 9")
BRIEFING = BriefingPaper(
    alliance="老城片区联盟",
    title="2026 年 10 月简报",
    issued_by="甲　乙",
    known_until="按截至 2026-11-03 09:00 的记录生成。",
    this_month="10 月",
    last_month="上月",
    figures=(Figure("新认领的承诺", "12", "9", "+3", f"{AT}figures/accepted/"),),
    parts=(
        Part("已办成", "本月平稳。", lines(2), f"{AT}done/"),
        Part("卡住的", "", (), f"{AT}stuck/", nothing="没有等待的事项。"),
    ),
    drawings=(drawing(BARS),),
    dated=datetime(2026, 11, 3, 9, tzinfo=UTC),
)


def poppler(program: str, *options: str, pdf: bytes) -> str:
    assert shutil.which(program), f"{program} is absent; make test installs poppler-utils."
    told = subprocess.run([program, *options], input=pdf, capture_output=True, check=True)
    return told.stdout.decode()


def test_the_same_briefing_is_the_same_file():
    assert typeset(BRIEFING) == typeset(BRIEFING)
    assert png_of(BRIEFING.drawings[0]) == png_of(BRIEFING.drawings[0])


def test_the_pdf_says_everything_and_every_figure_and_line_leads_to_its_records():
    pdf = typeset(BRIEFING)

    text = poppler("pdftotext", "-layout", "-", "-", pdf=pdf)
    links = re.findall(r"https://\S+", poppler("pdfinfo", "-url", "-", pdf=pdf))

    assert "老城片区联盟" in text
    assert "没有等待的事项。" in text
    assert links == [
        f"{AT}figures/accepted/", f"{AT}commitments/0/", f"{AT}commitments/1/"
    ]  # fmt: skip


def test_word_opens_it_with_headings_links_and_a_picture_that_is_described():
    document = Document(BytesIO(write_docx(BRIEFING)))

    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    targets = [
        rel.target_ref for rel in document.part.rels.values() if rel.reltype.endswith("/hyperlink")
    ]
    pictures = [shape._inline.find(".//{*}docPr").get("descr") for shape in document.inline_shapes]

    assert headings == ["一、主要数据", "二、已办成", "三、卡住的"]
    assert targets == [f"{AT}figures/accepted/", f"{AT}commitments/0/", f"{AT}commitments/1/"]
    assert pictures == ["新认领 12，上月 9"]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == [
        "指标", "10 月", "上月", "变化"
    ]  # fmt: skip


def test_characters_are_counted_without_blanks():
    longer = replace(BRIEFING, parts=(replace(BRIEFING.parts[0], text="本 月\n平稳了。"),))
    same = replace(BRIEFING, parts=(replace(BRIEFING.parts[0], text="本月平稳了。"),))

    assert characters_of(longer) == characters_of(same)
    assert characters_of(replace(same, mark="草稿")) == characters_of(same) + 2


def test_a_long_list_gives_way_and_says_how_much_it_left_out():
    long = replace(BRIEFING, parts=(Part("已办成", "", lines(400), AT),))

    cut = shortened(long)

    kept = len(cut.parts[0].lines)
    one_more = replace(cut.parts[0], lines=long.parts[0].lines[: kept + 1])
    assert cut.parts[0].left_out == 400 - kept
    assert cut.parts[0].rest == f"还有 {400 - kept} 项，见平台"
    assert characters_of(cut) <= 4000 < characters_of(replace(cut, parts=(one_more,)))


def test_the_longest_list_gives_way_first():
    parts = (Part("甲", "", lines(30), AT), Part("乙", "", lines(10), AT))
    paper = replace(BRIEFING, parts=parts)

    sizes = [[len(part.lines) for part in shortened(paper, most).parts] for most in (500, 400, 300)]

    assert all(abs(one - other) <= 1 or other == 10 for one, other in sizes)
    assert all(sum(more) > sum(less) for more, less in pairwise(sizes))


def test_a_short_paper_stays_as_it_is():
    assert shortened(BRIEFING) == BRIEFING


def test_a_text_that_is_too_long_by_itself_is_refused():
    with pytest.raises(ValueError, match="characters too many"):
        shortened(replace(BRIEFING, parts=(Part("已办成", "字" * 4001, (), AT),)))


def test_signs_that_lie_together_are_one_with_their_number():
    near = [Mark((120.35, 36.05), 1), Mark((120.3501, 36.05), 1), Mark((120.31, 36.01), 1)]

    drawn = area_map([OLD], near, ["项目", "诉求"], alternative="诉求 3")

    map_part, legend = drawn.split("</g>")
    assert map_part.count("<circle") == 2
    assert ">2</text>" in map_part
    assert legend.count("<circle") == 1


def test_names_cannot_break_a_drawing():
    drawn = area_map([OLD], [], ["<b>"], alternative='"&')

    assert "老城&lt;&amp;&gt;" in drawn
    assert "<b>" not in drawn
    assert png_of(drawing(drawn)).startswith(b"\x89PNG")


def test_a_map_of_nothing_is_still_a_map():
    assert png_of(drawing(area_map([], [], [], alternative=""))).startswith(b"\x89PNG")
