"""Briefings that somebody may read, and their papers."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.indicators.models import Briefing, BriefingVersion
from binglian.domain.indicators.periods import end_of, read_period
from binglian.domain.refusals import ActionRefused
from binglian.papers.briefing import BriefingPaper

from .composing import Composition, compose
from .paper import paper_of
from .wording import FIRST_TEXTS

_READ_DRAFTS = (
    Permission.WRITE_BRIEFING, Permission.DECIDE_AS_LEAD_A, Permission.DECIDE_AS_LEAD_B
)  # fmt: skip


def reads_drafts(user: User, alliance: Alliance) -> bool:
    """Writers, and the leads who are to agree."""
    return any(has_permission(user, one, within=alliance) for one in _READ_DRAFTS)


def briefings_visible_to(user: User, alliance: Alliance) -> QuerySet[Briefing]:
    """Of an alliance the person may see, the latest first: what was sent; drafts to few."""
    without = BriefingVersion.objects.defer("composition").select_related("written_by")
    rows = alliance.briefings.select_related("alliance", "sent").prefetch_related(
        Prefetch("versions", without)
    )
    return rows if reads_drafts(user, alliance) else rows.exclude(sent=None)


def paper_of_version(version: BriefingVersion) -> BriefingPaper:
    """The version as a paper, marked while it was not sent."""
    return paper_of(
        version.briefing.alliance,
        Composition.from_json(version.composition),
        texts=version.texts,
        left_out=version.left_out,
        mark="" if version.sent_at else "草稿，尚未报送。",
    )


def brief(alliance: Alliance, typed: str, day: str | None = None) -> BriefingPaper:
    """The briefing of a month typed as ``2026-10``: as it was sent, else composed from records.

    ``day`` asks for what was known at the end of a day, whatever was sent.

    Raises
    ------
    ActionRefused
        No month, no day, or one that has not begun.
    """
    period = read_period(typed)
    if period is None or "-" not in typed:
        raise ActionRefused(_("看不懂月份“%(month)s”，请写成 2026-10 的样子。") % {"month": typed})
    if period.first > localdate():
        raise ActionRefused(_("这个月还没有开始。"))
    as_of = now()
    if day is not None:
        try:
            as_of = min(end_of(date.fromisoformat(day)), as_of)
        except ValueError as error:
            facts = {"day": day}
            raise ActionRefused(
                _("看不懂日期“%(day)s”，请写成 2026-11-03 的样子。") % facts
            ) from error
    else:
        sent = alliance.briefings.filter(month=period.first).exclude(sent=None).first()
        if sent and sent.sent:
            return paper_of_version(sent.sent)
    composition = compose(alliance, period, as_of)
    return paper_of(
        alliance, composition, texts=FIRST_TEXTS, mark="由记录直接生成，未经秘书处编写和报送。"
    )
