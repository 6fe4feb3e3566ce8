"""The same guard against machines as for reports: see ``web/matters/doubting.py``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import override

from binglian.web.matters.doubting import WORK_BITS, doubts_about, new_token


def guard() -> dict[str, Any]:
    """What a page with ``parts/guard.html`` is given."""
    return {"token": new_token(), "work_bits": WORK_BITS}


def signs_of_machines(request: HttpRequest, text: str) -> list[str]:
    """In the language of the desk, whatever the asker reads: they are kept as a text."""
    with override("zh-hans"):
        return [str(doubt.label) for doubt in doubts_about(request, text)]
