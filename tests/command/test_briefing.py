"""`binglian briefing`."""

from io import BytesIO

import pytest
from docx import Document

from binglian.command.main import main
from binglian.domain.alliance.models import today

MONTH = f"{today():%Y-%m}"


def briefing(out, *more, month=MONTH):
    return main(["briefing", "--alliance", "historic", "--month", month, "--out", str(out), *more])


def test_it_writes_word_and_pdf_and_says_how_long_they_are(tmp_path, propose, capsys):
    propose()

    assert briefing(tmp_path / "a.docx") == 0
    assert briefing(tmp_path / "a.pdf") == 0

    document = Document(BytesIO((tmp_path / "a.docx").read_bytes()))
    assert document.paragraphs[0].text.endswith(f"{today().month} 月简报")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert "20 项数据" in capsys.readouterr().out


def test_what_was_known_on_a_past_day_is_written_as_it_was(tmp_path, propose):
    propose()

    briefing(tmp_path / "a.docx", "--as-of", "2020-01-01")

    table = Document(BytesIO((tmp_path / "a.docx").read_bytes())).tables[0]
    assert [cell.text for cell in table.rows[1].cells] == ["新登记的需求", "0", "0", "持平"]


@pytest.mark.parametrize(
    ("out", "more", "why"),
    [
        ("a.odt", {}, "请用 .docx 或 .pdf"),
        ("a.pdf", {"month": "2026-1"}, "看不懂月份“2026-1”"),
        ("a.pdf", {"month": "2099-01"}, "还没有开始"),
        ("no/a.pdf", {}, "写不了文件"),
    ],
)
def test_it_says_what_is_wrong(tmp_path, alliance, capsys, out, more, why):
    assert briefing(tmp_path / out, **more) == 2
    assert why in capsys.readouterr().err
