"""What all our Word documents have in common: page, fonts, page numbers, tables, links."""

from __future__ import annotations

from typing import Any, cast

from docx import Document
from docx.document import Document as Open
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

# Fonts that every Chinese office has; the file only names them.
_BODY, _HEAD, _TITLE = "仿宋", "黑体", "宋体"


def new_document() -> Open:
    """An empty document with page and margins after GB/T 9704-2012, page numbers in the footer."""
    document = Document()
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
    title = _style(document, "Title")
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in title.element.get_or_add_pPr().findall(qn("w:pBdr")):  # the template's blue line
        line.getparent().remove(line)
    footer = centred(section.footer.paragraphs[0])
    footer.add_run("第 ")
    _field(footer, "PAGE")
    footer.add_run(" 页　共 ")
    _field(footer, "NUMPAGES")
    footer.add_run(" 页")
    return document


def add_table(document: Open, head: list[str]) -> Any:
    """A ``docx.table.Table`` with only its head, which is repeated on each page."""
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def add_link(paragraph: Paragraph, text: str, url: str, size: Pt | None = None) -> None:
    """Words that lead somewhere, underlined; in the size of the style unless said otherwise."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, True))
    run = paragraph.add_run(text)
    run.font.underline, run.font.size = True, size
    link.append(run._r)
    paragraph._p.append(link)


def centred(paragraph: Paragraph) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def indented(paragraph: Paragraph) -> Paragraph:
    """A paragraph that begins two characters in."""
    paragraph.paragraph_format.first_line_indent = Pt(28)
    return paragraph


def _style(document: Open, name: str) -> ParagraphStyle:
    """A style that python-docx's own template has."""
    return cast(ParagraphStyle, document.styles[name])


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that Word works out itself."""
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), code)
    paragraph._p.append(simple)
