"""One theme a month (每月一题): what comes again and again, with the matters that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import admitted_organisations, liaison_officers
from binglian.domain.ledger.actions import record
from binglian.domain.matters.engine_adapter import clusters
from binglian.domain.matters.models import Category, Matter, Theme
from binglian.domain.refusals import refuse_unless

State = Theme.State
#: Matters of so many days up to the month's end are looked at.
_DAYS = 90
_ADOPTED = gettext_noop("每月一题“%(title)s”由贵单位牵头。")


@transaction.atomic
def propose_themes(*, alliance: Alliance, month: date, by: User | None = None) -> list[Theme]:
    """Propose what recurs in the three months up to a month's end, the most frequent first.

    What was proposed before for the month stays; matters that a theme already rests on are not
    proposed again. ``by`` is ``None`` for the platform's clock.
    """
    if by is not None:
        require_permission(by, Permission.DISPATCH_MATTERS, within=alliance)
    first = month.replace(day=1)
    by_category: dict[Category, list[Matter]] = {}
    for matter in _recent(alliance, first):
        category = matter.category or matter.proposed_category
        if category is not None:
            by_category.setdefault(category, []).append(matter)
    found = [
        _proposed(alliance, first, category, [matters[at] for at in cluster.members], cluster.words)
        for category, matters in by_category.items()
        for cluster in clusters([matter.text for matter in matters])
    ]
    for theme in found:
        record(by, "theme.proposed", theme, within=alliance, change={"words": theme.words})
    return sorted(found, key=lambda theme: -theme.matters.count())


@transaction.atomic
def adopt_theme(*, theme: Theme, title: str, lead: Organisation, by: User) -> Theme:
    """Take the theme up, with a title in plain words and an organisation that leads (立题)."""
    theme = _locked(theme, by)
    refuse_unless(theme.state == State.PROPOSED, _("该题目已有结论。"))
    refuse_unless(title.strip(), _("请写明题目。"))
    is_member = admitted_organisations(theme.alliance).filter(pk=lead.pk).exists()
    refuse_unless(is_member, _("“%(name)s”不是本联盟成员。") % {"name": lead.name})
    theme.title, theme.lead, theme.state = title.strip()[:120], lead, State.ADOPTED
    theme.save(update_fields=["title", "lead", "state"])
    record(by, "theme.adopted", theme, within=theme.alliance, organisation=lead)
    notify(
        liaison_officers(theme.alliance, lead),
        key=f"theme:{theme.pk}:adopted",
        message=_ADOPTED,
        facts={"title": theme.title},
        url=f"/a/{theme.alliance.slug}/matters/themes/{theme.pk}/",
    )
    return theme


@transaction.atomic
def drop_theme(*, theme: Theme, by: User) -> Theme:
    """Not taken up."""
    theme = _locked(theme, by)
    refuse_unless(theme.state == State.PROPOSED, _("该题目已有结论。"))
    return _settled(theme, State.DROPPED, by)


@transaction.atomic
def finish_theme(*, theme: Theme, by: User) -> Theme:
    """The theme is done."""
    theme = _locked(theme, by)
    refuse_unless(theme.state == State.ADOPTED, _("只有已立题的可以完成。"))
    return _settled(theme, State.DONE, by)


def _recent(alliance: Alliance, first: date) -> list[Matter]:
    next_month = (first + timedelta(days=32)).replace(day=1)
    end = datetime.combine(next_month, time.min, get_current_timezone())
    matters = alliance.matters.filter(reported_at__gte=end - timedelta(days=_DAYS))
    matters = matters.filter(reported_at__lt=end, themes=None)
    matters = matters.exclude(state__in=[Matter.State.DIVERTED, Matter.State.REJECTED])
    return list(matters.select_related("category", "proposed_category", "lead").order_by("id"))


def _proposed(
    alliance: Alliance,
    first: date,
    category: Category,
    matters: Sequence[Matter],
    words: Sequence[str],
) -> Theme:
    leads = Counter(matter.lead for matter in matters if matter.lead)
    theme = Theme.objects.create(
        alliance=alliance,
        month=first,
        title=f"{category.name_zh}：{'、'.join(words[:3])}"[:120] if words else category.name_zh,
        category=category,
        words=list(words),
        lead=max(leads, key=leads.__getitem__, default=None),
    )
    theme.matters.set(matters)
    return theme


def _locked(theme: Theme, by: User) -> Theme:
    theme = (
        Theme.objects.select_for_update(of=("self",)).select_related("alliance").get(pk=theme.pk)
    )
    require_permission(by, Permission.DISPATCH_MATTERS, within=theme.alliance)
    return theme


def _settled(theme: Theme, state: str, by: User) -> Theme:
    theme.state = state
    theme.save(update_fields=["state"])
    record(by, f"theme.{state}", theme, within=theme.alliance)
    return theme
