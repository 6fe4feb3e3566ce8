"""Until when one must be answered, and on which grounds one may be refused: data, with its basis.

An alliance is no office of the state; it binds itself to the terms that bind one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from binglian.domain.coupling.models import in_language
from binglian.domain.refusals import found_or_refused

_FILE = Path(__file__).with_suffix(".json")


@dataclass(frozen=True, slots=True)
class Period:
    """So many working days, and the rule that says so."""

    working_days: int
    basis_zh: str
    basis_en: str

    @property
    def basis(self) -> str:
        return in_language(self.basis_zh, self.basis_en)


@dataclass(frozen=True, slots=True)
class Ground:
    """One lawful reason not to make something public (不予公开的依据)."""

    code: str
    zh: str
    en: str
    basis_zh: str
    basis_en: str

    def __str__(self) -> str:
        return in_language(self.zh, self.en)

    @property
    def basis(self) -> str:
        return in_language(self.basis_zh, self.basis_en)


@cache
def periods() -> Mapping[str, Period]:
    """``answer`` and ``extension`` of a request, ``question`` of one to a project."""
    return {name: Period(**facts) for name, facts in _shipped()["periods"].items()}


@cache
def grounds() -> Mapping[str, Ground]:
    """By their code, in the order a desk is asked for them."""
    return {facts["code"]: Ground(**facts) for facts in _shipped()["grounds"]}


def ground_or_refused(code: str) -> Ground:
    return found_or_refused(grounds().get(code), _("请从表中选一条不予公开的依据。"))


@cache
def _shipped() -> dict:
    return json.loads(_FILE.read_text(encoding="utf-8"))
