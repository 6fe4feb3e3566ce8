"""Who looked at something kept secret, when and why: read from the record itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from .queries import records_of


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody read how to reach a person: when, who, and why."""

    at: datetime
    by: str
    reason: str


def looks_at(obj: models.Model, act: str) -> list[Look]:
    """Every look at ``obj`` that was recorded as ``act`` with its reason, the first one first."""
    read = records_of(obj).filter(act=act)
    return [Look(one.at, one.user, json.loads(one.change)["reason"]) for one in read]
