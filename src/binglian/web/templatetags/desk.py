"""Small words and figures that templates need."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.translation import get_language, gettext, ngettext

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.coupling.slots import slot_window
from binglian.sheets.cells import TimeWindow, write_windows

register = template.Library()


@register.filter
def quantity(amount: Decimal | None) -> str:
    """1200.00 → 1200; 2.50 → 2.5."""
    return "" if amount is None else f"{amount.normalize():f}"


@register.filter
def windows(stored: list[dict]) -> str:
    """Stored time windows as people write them."""
    found = [TimeWindow.from_json(window) for window in stored]
    return write_windows(found, get_language() or "zh-hans") if found else gettext("任何时间")


@register.filter
def slot(code: str) -> str:
    """A stored slot as people write it; nothing for any time."""
    return windows([slot_window(code)]) if code else ""


@register.filter
def kind_label(code: str, alliance: Alliance) -> str:
    """The alliance's own word for a kind."""
    return next((str(word) for word in alliance.kind_words() if word.code == code), code)


@register.filter
def days_left(day: date | None) -> str:
    """A due day in words: never by colour alone."""
    if day is None:
        return gettext("未定期限")
    left = (day - today()).days
    if left < 0:
        return ngettext("逾期 %(days)s 天", "逾期 %(days)s 天", -left) % {"days": -left}
    if left == 0:
        return gettext("今天到期")
    return ngettext("还有 %(days)s 天", "还有 %(days)s 天", left) % {"days": left}


@register.filter
def urgency(day: date | None) -> str:
    """The matching class: overdue, soon or calm."""
    if day is None:
        return "calm"
    left = (day - today()).days
    return "overdue" if left < 0 else "soon" if left <= 3 else "calm"


@register.filter
def percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.1f}%"
