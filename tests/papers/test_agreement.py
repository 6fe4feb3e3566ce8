"""The agreement as it is printed."""

import subprocess
from dataclasses import replace

import pytest

from binglian.papers.agreement import AgreementPaper, Clause, Party, typeset
from binglian.papers.numerals import numeral_zh
from binglian.papers.refusal import PaperRefused
from tests.papers.test_minutes import text_of


def words_of(pdf: bytes) -> str:
    return "".join(text_of(pdf).split())


def test_the_same_agreement_gives_the_same_bytes(paper: AgreementPaper):
    assert typeset(paper) == typeset(replace(paper))


def test_clauses_are_numbered_as_in_official_papers(paper: AgreementPaper):
    many = replace(paper, clauses=tuple(Clause(f"题{n}", "文") for n in range(1, 24)))

    printed = words_of(typeset(many))

    wanted = [f"第{numeral_zh(n)}条题{n}文" for n in range(1, 24)]
    assert [heading for heading in wanted if heading not in printed] == []


def test_every_party_stands_with_its_code(paper: AgreementPaper):
    printed = words_of(typeset(paper))

    assert [p.name for p in paper.parties if f"{p.name}{p.capacity}{p.code}" not in printed] == []


def test_who_agreed_on_paper_or_not_at_all_has_a_note_instead_of_a_field(paper: AgreementPaper):
    printed = words_of(typeset(paper))

    assert ("纸质签署。扫描件摘要5e1f" in printed, "未参加。已谢绝" in printed) == (True, True)


def test_the_annex_names_giver_target_receiver_and_date(paper: AgreementPaper):
    printed = words_of(typeset(paper))

    assert "第一条开放会议室" in printed
    assert "2026年12月31日" in printed


def test_every_page_names_itself_and_the_digest_of_the_text(paper: AgreementPaper):
    pages = ["".join(page.split()) for page in text_of(typeset(paper)).split("\f")[:-1]]

    foot = "老城片区联盟共建协议正文摘要3fa93fa93fa93fa9第{}页共{}页"
    ends = [page.endswith(foot.format(n, len(pages))) for n, page in enumerate(pages, start=1)]
    assert ends == [True] * len(pages)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"parties": ()}, "协议没有签约方"),
        ({"clauses": ()}, "协议没有条款"),
        ({"parties": (Party("A1", "甲"), Party("A1", "乙"))}, "代码 A1 有两个签约方使用"),
        ({"parties": (Party("A.1", "甲"),)}, "代码“A.1”只能由字母和数字组成"),
        ({"preamble": "庆祝🎉"}, "字体里没有这些字：🎉"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_the_reason(paper: AgreementPaper, change, why):
    with pytest.raises(PaperRefused, match=why):
        typeset(replace(paper, **change))


@pytest.mark.parametrize(
    ("number", "zh"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三"), (104, "一百零四"),
     (110, "一百一十"), (999, "九百九十九")],
)  # fmt: skip
def test_numerals(number: int, zh: str):
    assert numeral_zh(number) == zh


def test_the_fonts_are_embedded(paper: AgreementPaper):
    listed = subprocess.run(
        ["pdffonts", "-"], input=typeset(paper), capture_output=True, check=True
    ).stdout.decode()

    rows = [line.split() for line in listed.splitlines()[2:]]
    assert {row[0].split("+")[1].split("-")[0] for row in rows} == {"NotoSansSC"}
    assert {row[-5] for row in rows} == {"yes"}
