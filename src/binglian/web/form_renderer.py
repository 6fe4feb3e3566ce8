"""Lists to choose from, written without a template for each option.

A list of three hundred organisations is most of a page's cost when every option is a template of
its own, as Django's are. What comes out is the same HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

_SELECT = "django/forms/widgets/select.html"


class FormRenderer(DjangoTemplates):
    """Django's own, but for plain selects."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name == _SELECT:
            return mark_safe("".join(_select(context["widget"])))
        return super().render(template_name, context, request)


def _select(widget: dict[str, Any]) -> Iterator[str]:
    yield f'<select name="{conditional_escape(widget["name"])}"{attributes_of(widget)}>'
    for group, options, _index in widget["optgroups"]:
        if group:
            yield f'\n  <optgroup label="{conditional_escape(group)}">'
        for option in options:
            value, label = conditional_escape(str(option["value"])), option["label"]
            attributes = attributes_of(option)
            yield f'\n  <option value="{value}"{attributes}>{conditional_escape(label)}</option>'
        if group:
            yield "\n  </optgroup>"
    yield "\n</select>\n"


def attributes_of(widget: dict[str, Any]) -> str:
    """The attributes in their order; ``True`` stands alone, ``False`` is left out."""
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(str(value))}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )
