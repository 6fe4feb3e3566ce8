"""Rows of long lists, by templates that are compiled to Python (Jinja).

Fifty rows of six columns are most of what a list costs in Django's engine. Pages and everything
else stay with that; ``{% rows "matters/rows.jinja" %}`` in a page puts the rows there, with all
that the page knows. There is one environment for each language, so that its words are looked up
once. Escaping is on, and a name that the page does not know is an error.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language, gettext, ngettext, pgettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .templatetags import desk, matters, portal
from .templatetags.once import form_tokens

FOLDER = Path(__file__).parent / "templates"
#: Stands in an address for the number that changes from row to row.
_ANY = 9_182_736_455


def rows(name: str, context: dict[str, Any]) -> str:
    """The rows as HTML, in the reader's language."""
    template = _environment(get_language() or "zh-hans").get_template(name)
    return template.render(context, form_tokens=lambda: form_tokens(context.get("csrf_token")))


@cache
def _environment(_language: str) -> Environment:
    """Words are kept with the environment: it is only asked while its language is the reader's."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=settings.DEBUG,
        cache_size=-1,
    )
    made.globals |= {"_": cache(gettext), "pgettext": cache(pgettext), "ngettext": ngettext}
    made.globals |= {"address": address, "url": lambda route, *args: reverse(route, args=args)}
    for library in (desk, matters, portal):
        made.filters |= library.register.filters
    made.filters |= {"day": _days(), "moment": moment, "iso": iso}
    made.filters |= {"label": _labels(), "shortened": shortened}
    return made


def address(route: str, *names: str) -> Callable[[object], str]:
    """Addresses that differ in a number at their end: found once, then put together."""
    before, _number, after = reverse(route, args=(*names, _ANY)).partition(str(_ANY))
    return lambda number: f"{before}{number}{after}"


def moment(at: datetime) -> str:
    """Day and time of day, where the platform is."""
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")


def iso(at: datetime) -> str:
    return localtime(at).isoformat()


def shortened(text: str, most: int) -> str:
    """No more than so many characters, the last of them «…»."""
    return text if len(text) <= most else Truncator(text).chars(most)


def _days() -> Callable[..., str]:
    """Days as the language writes them; an instant is taken where the platform is."""

    @lru_cache(4096)
    def written(day: date, form: str) -> str:
        return date_format(day, form)

    def of(moment: date | None, form: str = "SHORT_DATE_FORMAT") -> str:
        if isinstance(moment, datetime):
            moment = moment.astimezone(get_current_timezone()).date()
        return written(moment, form) if moment else ""

    return of


def _labels() -> Callable[[Model, str], str]:
    """``row|label("state")`` is ``row.get_state_display()``, without a new list for each row."""

    @cache
    def words(kind: type[Model], field: str) -> dict[Any, str]:
        return {value: str(word) for value, word in kind._meta.get_field(field).flatchoices}

    def of(row: Model, field: str) -> str:
        value = getattr(row, field)
        return words(type(row), field).get(value, str(value))

    return of
