"""The versions of a place, read from the ledger: what was changed from what to what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binglian.domain.heritage.models import Guardian, Place
from binglian.domain.heritage.words import grade_word
from binglian.domain.ledger.acts import act_label
from binglian.domain.ledger.queries import records_of

_CHOICES: dict[str, dict[str, Any]] = {
    "kind": dict(Place.Kind.choices),
    "state": dict(Place.State.choices),
    "condition": dict(Place.Condition.choices),
    "tenancy": dict(Place.Tenancy.choices),
    "role": dict(Guardian.Role.choices),
}
#: Facts of acts that are no change of a field.
_SAID = {
    "organisation": _("单位"),
    "role": _("身份"),
    "caption": pgettext_lazy("picture", "说明"),
}


@dataclass(frozen=True, slots=True)
class Version:
    """One act on a place: each change has a label, what was, and what is since."""

    at: datetime
    act: str
    by: str
    changes: tuple[tuple[str, str, str], ...]


def versions_of(place: Place, most: int) -> list[Version]:
    """The newest acts on a place; the ledger has all."""
    return [
        Version(entry.at, str(act_label(entry.act)), entry.user, _changes(entry.change))
        for entry in records_of(place).order_by("-number")[:most]
    ]


def _changes(stored: str) -> tuple[tuple[str, str, str], ...]:
    told = []
    for name, value in json.loads(stored).items():
        field = next((one for one in Place._meta.fields if one.name == name), None)
        if field is not None and isinstance(value, list):
            before, after = (_shown(name, one) for one in value)
            told.append((str(field.verbose_name), before, after))
        elif name in _SAID:
            told.append((str(_SAID[name]), "", _shown(name, value)))
    return tuple(told)


def _shown(name: str, value: str) -> str:
    if name == "grade":
        return str(grade_word(value)) if value else ""
    return str(_CHOICES.get(name, {}).get(value, value))
