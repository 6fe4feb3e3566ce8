"""Minutes as a Word document, for those who go on editing them."""

from io import BytesIO

from docx.document import Document as Open

from binglian.papers.dates import day_zh
from binglian.papers.numerals import numeral_zh
from binglian.papers.office_word import add_table, centred, indented, new_document

from .facts import facts_of
from .paper import MinutesPaper, Resolution


def write_docx(paper: MinutesPaper) -> bytes:
    """The minutes as .docx: headings are headings, tables are tables."""
    document = new_document()
    core = document.core_properties
    core.title, core.author, core.comments = paper.title, paper.alliance, ""
    core.created = core.modified = (paper.dated or paper.held_at).replace(tzinfo=None)

    document.add_paragraph(paper.title, style="Title")
    if paper.number:
        centred(document.add_paragraph(paper.number))
    for label, text in facts_of(paper):
        line = document.add_paragraph()
        line.add_run(label).bold = True
        line.add_run(f"　{text}")
    for position, item in enumerate(paper.items, start=1):
        document.add_heading(f"{numeral_zh(position)}、{item.title}", level=1)
        for typed in filter(None, map(str.strip, item.discussion.splitlines())):
            indented(document.add_paragraph(typed))
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
    table = add_table(document, head)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
