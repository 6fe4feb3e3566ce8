"""What residents' matters leave unfinished, for the agenda of the next joint meeting."""

from collections.abc import Iterator

from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.governance.agenda_sources import AgendaSource, Unfinished, register

from .models import Parking, Theme

_PARKED = gettext_noop("挂账诉求 %(number)s（%(category)s）：%(reason)s")
_THEME = gettext_noop("每月一题：%(title)s")


def _parked(alliance: Alliance) -> Iterator[Unfinished]:
    """Parked matters, those to be looked at again soonest first; by category, not by their text."""
    rows = Parking.objects.filter(matter__alliance=alliance, ended_at=None)
    for row in rows.select_related("matter__category", "matter__lead").order_by("look_again_on"):
        matter = row.matter
        titles = {}
        for language in ("zh-hans", "en"):
            with override(language):
                facts = {"number": matter.number, "category": matter.category, "reason": row.reason}
                titles[language] = (gettext(_PARKED) % facts)[:200]
        yield Unfinished(
            origin=f"parking:{row.pk}",
            title_zh=titles["zh-hans"],
            title_en=titles["en"],
            organisation=matter.lead,
            url=f"/a/{alliance.slug}/matters/{matter.pk}/",
        )


def _themes(alliance: Alliance) -> Iterator[Unfinished]:
    """Themes taken up and not done."""
    rows = Theme.objects.filter(alliance=alliance, state=Theme.State.ADOPTED)
    for row in rows.select_related("lead").order_by("month", "pk"):
        titles = {}
        for language in ("zh-hans", "en"):
            with override(language):
                titles[language] = gettext(_THEME) % {"title": row.title}
        yield Unfinished(
            origin=f"theme:{row.pk}",
            title_zh=titles["zh-hans"],
            title_en=titles["en"],
            organisation=row.lead,
            url=f"/a/{alliance.slug}/matters/themes/{row.pk}/",
        )


def register_unfinished() -> None:
    register(AgendaSource("matters.parked", _("挂账的诉求"), _parked, "matters/?state=parked"))
    register(AgendaSource("matters.themes", _("每月一题"), _themes, "matters/themes/"))
