"""Forms of a page as a browser sees them: where they are sent, and what stands in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

import lxml.html
from django.http import HttpResponse
from django.utils.timezone import localdate

_DAY = (localdate() + timedelta(days=10)).isoformat()
#: What a field is given where it has to be filled in and nothing stands there yet.
_GIVEN = {
    "date": _DAY,
    "datetime-local": f"{_DAY}T09:00",
    "email": "somebody@example.org",
    "number": "3",
    "tel": "13912345678",
    "time": "09:00",
    "url": "https://example.org/",
}
_TYPED = {"text", "textarea"}


@dataclass
class Form:
    """Where a form is sent, and what it says when a reader fills in what it asks for."""

    sent_to: str
    said: dict[str, Any] = field(default_factory=dict)
    #: What stands in those left empty when all of them are filled in.
    more: dict[str, Any] = field(default_factory=dict)
    #: Which fields are free text.
    typed: list[str] = field(default_factory=list)

    def ways_to_fill_in(self) -> Iterator[dict[str, Any]]:
        """As little as is asked for; everything; and what stands there with a word more."""
        yield self.said
        yield self.more | {name: value for name, value in self.said.items() if value}
        yield self.said | {name: f"{self.said.get(name, '')}添" for name in self.typed}


def forms_of(page: str, response: HttpResponse) -> Iterator[Form]:
    """The forms of the page at ``page`` that are posted."""
    if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
        return
    for found in lxml.html.fromstring(response.content).forms:
        if found.method == "POST":
            form = Form(urljoin(page, found.get("action") or page))
            for each in found.inputs:
                if each.name and each.get("disabled") is None:
                    _fill_in(form, each)
            buttons = found.xpath(".//button[not(@type) or @type='submit'][not(@formaction)]")
            # One that says nothing of its own is the one that sends the form.
            if all(button.get("name") for button in buttons):
                for button in buttons[:1]:
                    form.said[button.get("name")] = button.get("value", "")
            yield form
            for button in found.xpath(".//button[@formaction]"):
                yield replace(form, sent_to=urljoin(page, button.get("formaction")))


def _fill_in(form: Form, each: Any) -> None:
    name, value, is_needed = each.name, each.value, each.get("required") is not None
    kind = each.get("type", "text") if each.tag == "input" else each.tag
    if kind in ("submit", "button", "file"):
        return
    if kind in ("checkbox", "radio"):
        value = each.get("value", "on")
        form.more.setdefault(name, value)
        if each.get("checked") is not None or (is_needed and name not in form.said):
            form.said[name] = value
        return
    if kind == "select":
        options = [option for option in each.value_options if option]
        # Nobody stands on both sides: one that no other field has.
        free = [option for option in options if option not in form.said.values()]
        given: Any = (free or options or [""])[0]
        value = list(value) if each.multiple else value
    else:
        given = "" if kind == "hidden" else _GIVEN.get(kind, "填写的内容")
    if given:
        form.more[name] = given
    if value or not (is_needed or kind == "select"):
        form.said[name] = value or ""
    elif given and is_needed:
        form.said[name] = given
    if kind in _TYPED:
        form.typed.append(name)
