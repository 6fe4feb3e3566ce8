"""Minutes as a Word document, for those who go on editing them."""

from io import BytesIO
from typing import cast

from docx import Document
from docx.document import Document as Open
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from binglian.papers.dates import day_zh
from binglian.papers.numerals import numeral_zh

from .facts import facts_of
from .paper import MinutesPaper, Resolution

# Fonts that every Chinese office has; the file only names them.
_BODY, _HEAD, _TITLE = "仿宋", "黑体", "宋体"


def write_docx(paper: MinutesPaper) -> bytes:
    """The minutes as .docx: headings are headings, tables are tables."""
    document = Document()
    _set_up(document)
    core = document.core_properties
    core.title, core.author, core.comments = paper.title, paper.alliance, ""
    core.created = core.modified = (paper.dated or paper.held_at).replace(tzinfo=None)

    document.add_paragraph(paper.title, style="Title")
    if paper.number:
        _centred(document.add_paragraph(paper.number))
    for label, text in facts_of(paper):
        line = document.add_paragraph()
        line.add_run(label).bold = True
        line.add_run(f"　{text}")
    for position, item in enumerate(paper.items, start=1):
        document.add_heading(f"{numeral_zh(position)}、{item.title}", level=1)
        for typed in filter(None, map(str.strip, item.discussion.splitlines())):
            document.add_paragraph(typed).paragraph_format.first_line_indent = Pt(28)
        if item.resolutions:
            _resolutions(document, item.resolutions, with_state=False)
    if paper.earlier:
        document.add_heading("此前未办结的议定事项", level=1)
        _resolutions(document, paper.earlier, with_state=True)
    if paper.attendance:
        document.add_heading("参会单位", level=1)
        rows = [
            [str(n), a.organisation, a.how, a.note] for n, a in enumerate(paper.attendance, start=1)
        ]
        _table(document, ["序号", "单位", "方式", "备注"], rows)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _resolutions(document: Open, rows: tuple[Resolution, ...], *, with_state: bool) -> None:
    head = ["编号", "议定事项", "责任单位", "完成时限", *(["状态"] if with_state else [])]
    body = [
        [r.number, r.text, r.owner, day_zh(r.due_on) if r.due_on else "长期"]
        + ([r.state] if with_state else [])
        for r in rows
    ]
    _table(document, head, body)


def _table(document: Open, head: list[str], rows: list[list[str]]) -> None:
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    # The head is repeated on each page the table runs over.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _set_up(document: Open) -> None:
    """Page and margins after GB/T 9704-2012, page numbers in the footer."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    for name, font, size in (
        ("Normal", _BODY, 14),
        ("Heading 1", _HEAD, 15),
        ("Title", _TITLE, 22),
    ):
        style = _style(document, name)
        style.font.name, style.font.size, style.font.bold = font, Pt(size), name == "Title"
        style.font.color.rgb = None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), font)
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]
    _style(document, "Title").paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer = _centred(section.footer.paragraphs[0])
    footer.add_run("第 ")
    _field(footer, "PAGE")
    footer.add_run(" 页　共 ")
    _field(footer, "NUMPAGES")
    footer.add_run(" 页")


def _style(document: Open, name: str) -> ParagraphStyle:
    """A style that python-docx's own template has."""
    return cast(ParagraphStyle, document.styles[name])


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that Word works out itself."""
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), code)
    paragraph._p.append(simple)


def _centred(paragraph: Paragraph) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph
