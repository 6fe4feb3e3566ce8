"""What the answers hold."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema


class Problem(Schema):
    """Why there is no answer (RFC 9457); ``errors`` names each thing to correct."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[str] = []


class AllianceOut(Schema):
    """An alliance; its ``slug`` is the ``jurisdiction_id`` of Open311."""

    slug: str
    name_zh: str
    name_en: str
    lead_a: str
    lead_b: str


class CategoryOut(Schema):
    """What a matter can be about; its ``code`` is the ``service_code`` of Open311."""

    code: str
    name_zh: str
    name_en: str
    group_zh: str
    group_en: str
    is_public: bool


class AreaOut(Schema):
    """A piece of the city; longitude and latitude in WGS-84 degrees, of a point inside."""

    id: int
    name_zh: str
    name_en: str
    kind: str
    code: str
    parent_id: int | None
    longitude: float | None
    latitude: float | None


class MatterOut(Schema):
    """A public matter, in words that somebody has looked at."""

    number: str
    status: Literal["open", "closed"]
    state: str
    category: str | None
    area_id: int | None
    text: str
    address: str
    longitude: float | None
    latitude: float | None
    lead: str | None
    answer: str | None
    photos: list[str]
    reported_at: datetime
    changed_at: datetime
    due_at: datetime | None


class MatterPage(Schema):
    """Some matters, the newest first; ``next`` is the ``cursor`` of those after them."""

    items: list[MatterOut]
    next: str | None
