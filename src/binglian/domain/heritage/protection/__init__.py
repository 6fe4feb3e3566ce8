"""The table of who must approve which change of what: grade × change → approval items.

The shipped table follows the laws it names; every alliance keeps its own versions. Item codes
are those of the alliance's catalogue of approval items, which says office, papers and clock.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from binglian.domain.coupling.models import in_language
from binglian.domain.heritage.words import CHANGES, GRADES, change_word, grade_word
from binglian.domain.refusals import found_or_refused, refuse_unless

_FILE = Path(__file__).resolve().parent / "table.json"


class Verdict(Enum):
    """What the law says of one change of a place of one grade."""

    FREE = "free"
    APPROVAL = "approval"
    FORBIDDEN = "forbidden"

    @property
    def label(self) -> Any:
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.FREE: _("无须专门审批"),
    Verdict.APPROVAL: _("须经批准"),
    Verdict.FORBIDDEN: _("不允许"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One cell of the table: ``items`` are codes of approval items."""

    grade: str
    change: str
    verdict: Verdict
    items: tuple[str, ...] = ()
    basis_zh: str = ""
    basis_en: str = ""
    note_zh: str = ""
    note_en: str = ""

    @property
    def basis(self) -> str:
        return in_language(self.basis_zh, self.basis_en)

    @property
    def note(self) -> str:
        return in_language(self.note_zh, self.note_en)

    @property
    def grade_label(self) -> str:
        return str(grade_word(self.grade))

    @property
    def change_label(self) -> str:
        return str(change_word(self.change))


@dataclass(frozen=True, slots=True)
class Table:
    """All rules of one version, and the legal basis of each grade in both languages."""

    bases: Mapping[str, tuple[str, str]]
    rules: Mapping[tuple[str, str], Rule]

    def rule(self, grade: str, change: str) -> Rule:
        """What holds for this change; where the table says nothing, no approval of its own."""
        return self.rules.get((grade, change), Rule(grade, change, Verdict.FREE))

    def rules_of(self, grade: str) -> list[Rule]:
        """The rules of one grade, in the order of the changes."""
        return [self.rule(grade, change.code) for change in CHANGES]

    def basis_of(self, grade: str) -> str:
        return in_language(*self.bases.get(grade, ("", "")))

    def codes(self) -> set[str]:
        """Every approval item that some rule asks for."""
        return {code for rule in self.rules.values() for code in rule.items}


def table_from(content: Mapping[str, Any]) -> Table:
    """The table of stored content.

    Raises
    ------
    ActionRefused
        An unknown grade, change or verdict, or an approval without an item: the message names it.
    """
    rules = {}
    for row in content["rules"]:
        rule = _rule_from(row)
        rules[rule.grade, rule.change] = rule
    bases = {
        code: (basis["basis_zh"], basis["basis_en"]) for code, basis in content["grades"].items()
    }
    return Table(bases, rules)


def content_of(table: Table) -> dict[str, Any]:
    """What is stored of a table; ``table_from`` reads it again."""
    return {
        "grades": {
            code: {"basis_zh": zh, "basis_en": en} for code, (zh, en) in table.bases.items()
        },
        "rules": [
            {
                "grade": rule.grade,
                "change": rule.change,
                "verdict": rule.verdict.value,
                "items": list(rule.items),
                "basis_zh": rule.basis_zh,
                "basis_en": rule.basis_en,
                "note_zh": rule.note_zh,
                "note_en": rule.note_en,
            }
            for rule in table.rules.values()
        ],
    }


@cache
def shipped_table() -> Table:
    """The table the product brings along."""
    return table_from(json.loads(_FILE.read_text(encoding="utf-8")))


def _rule_from(row: Mapping[str, Any]) -> Rule:
    where = {"grade": row["grade"], "change": row["change"]}
    is_known = row["grade"] in {word.code for word in GRADES}
    is_known = is_known and row["change"] in {word.code for word in CHANGES}
    refuse_unless(is_known, _("没有这一格：%(grade)s × %(change)s。") % where)
    verdict = found_or_refused(
        next((one for one in Verdict if one.value == row["verdict"]), None),
        _("请说明是否须经批准。"),
    )
    items = tuple(row["items"])
    needs_items = verdict is Verdict.APPROVAL
    refuse_unless(
        bool(items) == needs_items,
        _("须经批准的要写明审批事项，其余的不写。"),
    )
    texts = ("basis_zh", "basis_en", "note_zh", "note_en")
    return Rule(items=items, verdict=verdict, **where, **{name: row[name] for name in texts})
