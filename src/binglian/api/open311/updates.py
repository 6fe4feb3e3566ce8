"""FixMyStreet's extension: what has happened to matters, and what a reporter adds to one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from binglian.domain.matters.actions import add_to_matter
from binglian.domain.matters.models import MatterEvent
from binglian.domain.matters.queries import public_matters
from binglian.domain.matters.words import sentence_of

from .endpoint import Asked
from .parameters import in_w3c
from .posting import LONGEST, once, sender
from .refusals import Refused
from .requests import MOST, window

#: What the extension calls where a step leads; every other step leaves a matter in progress.
_STATUS = {
    "reported": "open",
    "published": "open",
    "dispatched": "investigating",
    "objected": "investigating",
    "parked": "action_scheduled",
    "need_made": "action_scheduled",
    "extended": "action_scheduled",
    "joined": "duplicate",
    "diverted": "not_councils_responsibility",
    "reopened": "open",
    "replied": "fixed",
    "closed": "closed",
}


def updates(asked: Asked) -> tuple[str, Any]:
    """The public steps of public matters, the oldest first."""
    first, last = window(asked.parameters)
    events = MatterEvent.objects.filter(
        matter__in=public_matters(asked.alliance()), is_public=True, at__range=(first, last)
    ).select_related("matter", "organisation")
    if numbers := asked.parameters.listed("service_request_id"):
        events = events.filter(matter__number__in=numbers)
    size = asked.parameters.count("page_size", MOST, MOST)
    start = (asked.parameters.count("page", 1, 100_000) - 1) * size
    rows = events.order_by("at", "id")[start : start + size]
    return "service_request_updates", [_told(event) for event in rows]


def post_update(asked: Asked) -> tuple[str, Any]:
    """Something new about a matter, for whoever handles it; never public by itself."""
    client, alliance = sender(asked)
    number = asked.parameters.text("service_request_id")
    text = asked.parameters.text("description", LONGEST)
    if not number or not text:
        raise Refused(400, _("请给出 service_request_id 和 description。"))
    matter = alliance.matters.filter(number=number).first()
    if matter is None:
        raise Refused(404, _("没有 service_request_id “%(id)s”。") % {"id": number[:40]})

    def act() -> dict[str, Any]:
        return {"update_id": str(add_to_matter(matter=matter, text=text).pk)}

    answer = once(asked, client, act)
    return "service_request_updates", [{"update_id": "test"} if asked.is_test else answer]


def _told(event: MatterEvent) -> dict[str, Any]:
    return {
        "update_id": str(event.pk),
        "service_request_id": event.matter.number,
        "status": _STATUS.get(event.what, "in_progress"),
        "updated_datetime": in_w3c(event.at),
        "description": sentence_of(event),
        "media_url": None,
    }
