"""The briefing as a Word document, for those who go on editing it."""

from __future__ import annotations

from io import BytesIO

from docx.document import Document as Open
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from binglian.papers.drawing import Drawing, png_of
from binglian.papers.numerals import numeral_zh
from binglian.papers.office_word import add_link, add_table, centred, indented, new_document

from .paper import BriefingPaper, Part

_SMALL = Pt(10.5)
#: Between the margins.
_WIDTH = Mm(156)
_COLUMNS = (Mm(54), Mm(39), Mm(39), Mm(24))
#: A map says no more on a whole page.
_MAP_WIDTH = Mm(100)


def write_docx(paper: BriefingPaper) -> bytes:
    """The briefing as .docx: headings, a table, pictures with their alternatives, links."""
    document = new_document()
    core = document.core_properties
    core.title, core.author = f"{paper.alliance} {paper.title}", paper.alliance
    core.comments = ""
    core.created = core.modified = paper.dated.replace(tzinfo=None)

    document.add_paragraph(f"{paper.alliance}\n{paper.title}", style="Title")
    centred(document.add_paragraph(paper.issued_by))
    if paper.mark:
        document.add_paragraph().add_run(paper.mark).bold = True
    document.add_paragraph(paper.known_until).runs[0].font.size = _SMALL
    document.add_heading("一、主要数据", level=1)
    _figures(document, paper)
    for drawing in paper.drawings[:1]:
        _picture(document, drawing, _WIDTH)
    for position, part in enumerate(paper.parts, start=2):
        document.add_heading(f"{numeral_zh(position)}、{part.title}", level=1)
        _part(document, part)
    for drawing in paper.drawings[1:]:
        _picture(document, drawing, _MAP_WIDTH)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _figures(document: Open, paper: BriefingPaper) -> None:
    table = add_table(document, ["指标", paper.this_month, paper.last_month, "变化"])
    for figure in paper.figures:
        cells = table.add_row().cells
        cells[0].text = figure.label
        add_link(cells[1].paragraphs[0], figure.now, figure.url, _SMALL)
        cells[2].text, cells[3].text = figure.before, figure.change
    table.autofit = False
    for column, width in zip(table.columns, _COLUMNS, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, _COLUMNS, strict=True):
            cell.width = width
            spacing = cell.paragraphs[0].paragraph_format
            spacing.space_before = spacing.space_after = Pt(1.5)
            for run in cell.paragraphs[0].runs:
                run.font.size = _SMALL
        for cell in row.cells[1:]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()


def _part(document: Open, part: Part) -> None:
    for typed in filter(None, map(str.strip, part.text.splitlines())):
        indented(document.add_paragraph(typed))
    if not part.lines and not part.text:
        indented(document.add_paragraph(part.nothing))
    for line in part.lines:
        told = indented(document.add_paragraph(line.text))
        told.paragraph_format.space_after = Pt(4)
        if line.facts:
            told.add_run("　")
            add_link(told, line.facts, line.url)
    if part.rest:
        add_link(indented(document.add_paragraph()), part.rest, part.url)


def _picture(document: Open, drawing: Drawing, width: Length) -> None:
    shown = centred(document.add_paragraph())
    shown.paragraph_format.keep_with_next = True
    picture = shown.add_run().add_picture(BytesIO(png_of(drawing)), width=width)
    picture._inline.find(qn("wp:docPr")).set("descr", drawing.alternative)
    centred(document.add_paragraph(drawing.caption)).runs[0].font.size = _SMALL
