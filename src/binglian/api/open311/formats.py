"""One answer, two formats: JSON is the XML without the names of its outermost lists."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpRequest, HttpResponse

#: Suffix → media type, exactly as the header shall say it; the first is the standard's own.
MEDIA_TYPES = {"xml": "text/xml", "json": "application/json"}
#: What the elements of a list are called.
_ONE_OF = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
}
#: Characters that XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ACCEPTED = {
    "application/json": "json",
    "text/xml": "xml",
    "application/xml": "xml",
    "text/*": "xml",
    "application/*": "xml",
    "*/*": "xml",
}


def wanted_format(request: HttpRequest, suffix: str | None) -> str | None:
    """``json`` or ``xml``, by the suffix of the address, else by ``Accept``; ``None``: neither."""
    if suffix:
        return suffix.lower() if suffix.lower() in MEDIA_TYPES else None
    for kind in sorted(request.accepted_types, key=lambda kind: -kind.quality):
        found = _ACCEPTED.get(f"{kind.main_type}/{kind.sub_type}")
        if found and kind.quality > 0:
            return found
    return None


def written(name: str, value: Any, form: str, *, status: int = 200) -> HttpResponse:
    """``value`` as an answer; ``name`` is the outermost element, which JSON leaves out."""
    if form == "json":
        content = json.dumps(value, ensure_ascii=False).encode()
    else:
        content = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(_element(name, value))
    return HttpResponse(content, content_type=MEDIA_TYPES[form], status=status)


def _element(name: str, value: Any, parent: Element | None = None) -> Element:
    element = Element(name) if parent is None else SubElement(parent, name)
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _element(key, inner, element)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            _element(_ONE_OF[name], inner, element)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif value is not None:
        element.text = _UNWRITABLE.sub("\ufffd", str(value))
    return element
