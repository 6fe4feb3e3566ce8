"""The clauses a draft begins with, as data."""

import json
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class TemplateClause:
    """One clause in both languages."""

    heading: str
    text: str
    heading_en: str
    text_en: str


@dataclass(frozen=True, slots=True)
class AgreementTemplate:
    """The opening words and the clauses of one kind of agreement."""

    preamble: str
    clauses: tuple[TemplateClause, ...]


def template_of(kind: str, *, alliance: str, lead_a: str, lead_b: str) -> AgreementTemplate:
    """The template of ``kind`` (charter or cobuilding) with the names filled in."""
    facts = json.loads((_FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
    names = {"{alliance}": alliance, "{lead_a}": lead_a, "{lead_b}": lead_b}

    def filled(text: str) -> str:
        for key, name in names.items():
            text = text.replace(key, name)
        return text

    return AgreementTemplate(
        preamble=filled(facts["preamble"]),
        clauses=tuple(
            TemplateClause(
                heading=one["heading"],
                text=filled("\n".join(one["text"])),
                heading_en=one["heading_en"],
                text_en=filled("\n".join(one["text_en"])),
            )
            for one in facts["clauses"]
        ),
    )
