"""Agreements as PDF, with a field ready for every signature."""

from typing import Any

from binglian.papers.dates import day_zh
from binglian.papers.numerals import numeral_zh
from binglian.papers.refusal import PaperRefused, Said
from binglian.papers.signing.codes import PLATFORM, field_of
from binglian.papers.signing.fields import with_fields
from binglian.papers.typesetting import Sheet

from .paper import Accession, AgreementPaper, Consent, Party, Promise

_EXPLAINED = {
    "确认": "电子确认由平台保管的单位密钥生成，并由平台加盖电子印记；任何改动均可查出。",
    "签署": "电子签名由各单位的数字证书生成；任何改动均可查出。",
}


def typeset(paper: AgreementPaper) -> bytes:
    """Typeset an agreement; the same paper gives the same bytes.

    The PDF has an empty signature field for each party that agreed electronically or acceded,
    and one for the platform; ``signing.sign_all`` fills them.

    Raises
    ------
    PaperRefused
        There is no party or no clause, two parties share a code, or a character has no glyph.
    """
    _refuse_what_is_lacking(paper)
    content = {
        "title": paper.title,
        "number": paper.number or None,
        "footer": _footer(paper.title, paper.digest),
        "parties": [
            [str(n), party.name, party.capacity, party.code]
            for n, party in enumerate(paper.parties, start=1)
        ],
        "preamble": paper.preamble,
        "clauses": [{"title": c.title, "text": c.text} for c in paper.clauses],
        "promises": [_row(promise) for promise in paper.promises],
        "word": paper.word,
        "explained": _EXPLAINED.get(paper.word, ""),
        "places": [_place(party) for party in paper.parties],
        "accessions": [_sheet(paper.title, accession) for accession in paper.accessions],
        "seal": _platform_place(paper.platform),
    }
    sheet = Sheet("agreement/agreement.typ", content)
    return with_fields(sheet.pdf(paper.dated), sheet.marked("place"))


def _refuse_what_is_lacking(paper: AgreementPaper) -> None:
    if not paper.parties:
        raise PaperRefused(Said("协议没有签约方。请先列入成员单位。"))
    if not paper.clauses:
        raise PaperRefused(Said("协议没有条款。请先写入至少一条。"))
    joined = [accession.party for accession in paper.accessions]
    signing = [p for p in (*paper.parties, *joined) if p.consent is Consent.ELECTRONIC]
    codes = [party.code for party in signing]
    twice = next((party for party in signing if codes.count(party.code) > 1), None)
    if twice:
        raise PaperRefused(
            Said(
                "“%(name)s”的代码 %(code)s 有两个签约方使用。请核对。",
                name=twice.name,
                code=twice.code,
            )
        )


def _place(party: Party) -> dict[str, Any]:
    is_electronic = party.consent is Consent.ELECTRONIC
    note = {
        Consent.ELECTRONIC: "",
        Consent.ON_PAPER: f"纸质签署。{party.note}",
        Consent.NONE: f"未参加。{party.note}",
    }[party.consent]
    return {
        "field": field_of(party.code) if is_electronic else None,
        "name": party.name,
        "below": f"代码 {party.code}",
        "note": note,
    }


def _sheet(agreement: str, accession: Accession) -> dict[str, Any]:
    text = (
        f"{accession.party.name}自愿加入《{agreement}》，认可其全部条款，"
        f"自{day_zh(accession.from_on)}起享有成员单位的权利，承担成员单位的义务。\n"
        "本加入书是该协议的组成部分，具有同等效力。"
    )
    return {"text": text, "place": _place(accession.party)}


def _platform_place(name: str) -> dict[str, Any]:
    return {"field": field_of(PLATFORM), "name": name, "below": "平台电子印记", "note": ""}


def _row(promise: Promise) -> dict[str, str]:
    return {
        "clause": f"第{numeral_zh(promise.clause)}条",
        "title": promise.title,
        "target": promise.target,
        "giver": promise.giver,
        "receiver": promise.receiver,
        "due": day_zh(promise.due_on) if promise.due_on else "长期",
    }


def _footer(title: str, digest: str) -> str:
    return f"{title}　正文摘要 {digest[:16]}" if digest else title
