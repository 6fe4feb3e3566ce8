"""A matter in the standard's words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from binglian.api.public_matters import photo_addresses
from binglian.domain.matters.models import Matter
from binglian.domain.matters.public_facts import (
    answer_to,
    changed_at,
    public_degrees,
    public_place,
    status_of,
)

from .parameters import in_w3c

FIELDS = (
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
)


def told(matter: Matter) -> dict[str, Any]:
    """A public matter whole; what the alliance does not know stays empty."""
    return dict.fromkeys(FIELDS) | {
        "service_request_id": matter.number,
        "status": status_of(matter),
        "status_notes": answer_to(matter),
        "service_name": str(matter.category) if matter.category else None,
        "service_code": matter.category.code if matter.category else None,
        "description": matter.public_text,
        "agency_responsible": str(matter.lead) if matter.lead else None,
        "service_notice": str(matter.get_state_display()),
        "requested_datetime": in_w3c(matter.reported_at),
        "updated_datetime": in_w3c(changed_at(matter)),
        "expected_datetime": in_w3c(matter.due_at),
        "address": public_place(matter) or None,
        "lat": public_degrees(matter.latitude),
        "long": public_degrees(matter.longitude),
        "media_url": next(iter(photo_addresses(matter)), None),
    }


def told_without_content(matter: Matter) -> dict[str, Any]:
    """A matter that is not public, or not yet: that it was received and how far it is."""
    waits = matter.visibility == Matter.Visibility.HELD
    note = _("已收到，审核后公开。") if waits else _("不公开；提交人可凭查询链接查看。")
    return dict.fromkeys(FIELDS) | {
        "service_request_id": matter.number,
        "status": status_of(matter),
        "status_notes": note,
    }
