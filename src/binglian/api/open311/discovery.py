"""Where the interface is, in which formats, and how one gets a key."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from .endpoint import Asked
from .formats import MEDIA_TYPES

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
#: When the interface last changed.
CHANGESET = "2026-11-27 12:00"


def discovery(_asked: Asked) -> tuple[str, Any]:
    """Two endpoints: one in earnest, and one that checks everything and stores nothing."""
    endpoints = [
        {
            "specification": SPECIFICATION,
            "url": f"{settings.SITE_URL}/open311/{path}",
            "changeset": CHANGESET,
            "type": kind,
            "formats": list(MEDIA_TYPES.values()),
        }
        for kind, path in (("production", "v2"), ("test", "test/v2"))
    ]
    return "discovery", {
        "changeset": CHANGESET,
        "contact": settings.API_CONTACT,
        "key_service": _("向联盟秘书处或平台管理员申请；密钥只显示一次。联系：%(contact)s")
        % {"contact": settings.API_CONTACT},
        "endpoints": endpoints,
    }
