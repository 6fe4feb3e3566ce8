"""Forms of a page as a browser sees them: found by where they are sent, filled in, sent."""

from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
from django.test import Client
from django.utils.timezone import localdate

#: What a field is given where it has to be filled in and nothing stands there yet.
_GIVEN = {
    "date": (localdate() + timedelta(days=10)).isoformat(),
    "datetime-local": (localdate() + timedelta(days=10)).isoformat() + "T09:00",
    "email": "somebody@example.org",
    "number": "3",
    "tel": "13912345678",
    "time": "09:00",
    "url": "https://example.org/",
}


def filled(client: Client, page: str, sent_to: str) -> dict[str, Any]:
    """The form of the page at ``page`` that is sent to ``sent_to``, what it asks for filled in.

    Raises
    ------
    LookupError
        The page, or such a form on it, is not there.
    """
    response = client.get(page)
    if response.status_code != 200:
        raise LookupError(f"{page}: {response.status_code}")
    for form in lxml.html.fromstring(response.content).forms:
        where = urlsplit(urljoin(page, form.get("action") or page)).path
        if form.method == "POST" and where == urlsplit(sent_to).path:
            return dict(_values(form))
    raise LookupError(f"{page} has no form for {sent_to}")


def _values(form: Any) -> Any:
    for field in form.inputs:
        if not field.name or field.get("disabled") is not None:
            continue
        value, is_needed = field.value, field.get("required") is not None
        kind = field.get("type", "text") if field.tag == "input" else field.tag
        if kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio"):
            if field.get("checked") is not None or is_needed:
                yield field.name, field.get("value", "on")
        elif kind == "select":
            options = [option for option in field.value_options if option]
            chosen = list(value) if field.multiple else value
            if chosen or (is_needed and options):
                yield field.name, chosen or options[0]
        elif value or not is_needed:
            yield field.name, value or ""
        else:
            yield field.name, _GIVEN.get(kind, "填写的内容")
