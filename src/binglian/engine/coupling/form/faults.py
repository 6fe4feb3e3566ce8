"""What is wrong with a JSON document: where, what stands there, and how to mend it."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from binglian.engine.coupling.explaining.wording import Language

from .fault_phrases import EXPECTED, FAULTS, MORE, NEAREST, RULES, THING, Code

__all__ = ["MOST_SHOWN", "Code", "Fault", "FormRefused", "nearest", "wrong"]

MOST_SHOWN = 20
_LONGEST_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; ``path`` leads to it, such as ``needs[3].components[0].quantity``."""

    path: str
    code: Code
    value: Any
    facts: dict[str, Any]

    def in_words(self, language: Language) -> str:
        """Return path, value and remedy as one sentence."""
        facts = dict(self.facts)
        if "expected" in facts:
            facts["expected"] = EXPECTED[language].get(facts["expected"], facts["expected"])
        if "rules" in facts:
            facts["rules"] = _joined((RULES[language][rule] for rule in facts["rules"]), language)
        if "near" in facts:
            near = facts["near"]
            facts["near"] = NEAREST[language].format(near=near) if near else ""
        for limit in ("least", "most"):
            if limit in facts:
                facts[limit] = _round_number(facts[limit])
        said = FAULTS[language][self.code].format(value=_excerpt(self.value, language), **facts)
        colon = "：" if language == "zh" else ": "
        return f"{self.path}{colon}{said}" if self.path else said


class FormRefused(ValueError):
    """A document with faults: the first of them, and how many there are in all."""

    def __init__(self, faults: Iterable[Fault], count: int | None = None) -> None:
        self.faults = tuple(faults)[:MOST_SHOWN]
        self.count = len(self.faults) if count is None else count
        super().__init__(self.in_words("en"))

    def in_words(self, language: Language) -> str:
        """Return one line per fault shown, then how many more there are."""
        lines = [fault.in_words(language) for fault in self.faults]
        if self.count > len(self.faults):
            lines.append(MORE[language].format(count=self.count - len(self.faults)))
        return "\n".join(lines)

    def under(self, path: str) -> "FormRefused":
        """Return the same faults as seen from the list or object that holds them."""
        faults = [replace(fault, path=path + fault.path) for fault in self.faults]
        return FormRefused(faults, self.count)

    def from_the_top(self) -> "FormRefused":
        """Return the same faults with the paths of the whole document."""
        faults = [replace(fault, path=fault.path.removeprefix(".")) for fault in self.faults]
        return FormRefused(faults, self.count)

    @classmethod
    def all_of(cls, several: Iterable["FormRefused"]) -> "FormRefused":
        """Return the faults of several places as one."""
        listed = list(several)
        faults = [fault for one in listed for fault in one.faults]
        return cls(faults, sum(one.count for one in listed))


def wrong(code: Code, value: Any = None, path: str = "", **facts: Any) -> FormRefused:
    """Return one fault, ready to be raised."""
    return FormRefused([Fault(path, code, value, facts)])


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like ``word``, or ""."""
    return next(iter(get_close_matches(word, list(known), n=1)), "")


def _excerpt(value: Any, language: Language) -> str:
    if isinstance(value, list | dict):
        return THING[language][type(value)].format(count=len(value))
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, int) and abs(value) >= 10**_LONGEST_EXCERPT:
        return f"10^{int(value.bit_length() * math.log10(2))}…"
    text = json.dumps(value, ensure_ascii=_is_broken(value))
    return text if len(text) <= _LONGEST_EXCERPT else text[:_LONGEST_EXCERPT] + "…"


def _round_number(value: Any) -> str:
    """A limit, short if it is a high power of ten."""
    power = round(math.log10(value)) if isinstance(value, int) and value > 10**6 else 0
    return f"10^{power}" if power and value == 10**power else str(value)


def _is_broken(value: Any) -> bool:
    """Whether a text holds half a character, which no terminal can print."""
    return isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value)


def _joined(words: Iterable[str], language: Language) -> str:
    return ("；" if language == "zh" else "; ").join(words)
