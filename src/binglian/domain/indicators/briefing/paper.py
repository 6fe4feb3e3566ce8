"""A briefing as the content of a paper: what the records say, and what people wrote."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.refusals import ActionRefused
from binglian.papers import briefing as papers

from .composing import PARTS, Composition, Listed
from .wording import filled


def paper_of(
    alliance: Alliance,
    composition: Composition,
    *,
    texts: Mapping[str, str],
    left_out: Collection[str] = (),
    mark: str = "",
) -> papers.BriefingPaper:
    """The paper with at most 4,000 characters.

    Parameters
    ----------
    texts
        Part → what people wrote.
    left_out
        Keys of lines that are not told.

    Raises
    ------
    ActionRefused
        What people wrote is too long.
    """
    period = composition.month
    base = f"{settings.SITE_URL}/a/{alliance.slug}/"
    on = period.first
    at = f"?at={composition.as_of.isoformat()}"
    whole = {name: f"{base}briefings/{period}/parts/{name}/{at}" for name in PARTS}
    paper = papers.BriefingPaper(
        alliance=alliance.name,
        title=f"{on.year} 年 {on.month} 月简报",
        issued_by=f"{alliance.lead_a.name}　{alliance.lead_b.name}",
        known_until=f"按截至 {localtime(composition.as_of):%Y-%m-%d %H:%M} 的记录生成。"
        "数据和事项均可点开，查看背后的记录。",
        this_month=f"{on.month} 月",
        last_month="上月",
        figures=tuple(
            papers.Figure(one.label, one.now, one.before, one.change, base + one.path)
            for one in composition.figures
        ),
        parts=tuple(
            _part(name, part, filled(texts.get(name, ""), composition), left_out, base, whole[name])
            for name, part in composition.parts.items()
        ),
        drawings=composition.drawings,
        dated=composition.as_of,
        mark=mark,
    )
    try:
        return papers.shortened(paper)
    except ValueError as error:
        excess = str(error).split()[0]
        facts = {"most": papers.MOST_CHARACTERS, "excess": excess}
        raise ActionRefused(
            _("简报最多 %(most)s 字，手写的部分还多 %(excess)s 字，请删减。") % facts
        ) from error


def _part(
    name: str, listed: Listed, text: str, left_out: Collection[str], base: str, url: str
) -> papers.Part:
    title, nothing = PARTS[name]
    lines = tuple(
        papers.Line(line.text, base + line.path, line.facts)
        for line in listed.lines
        if line.key not in left_out
    )
    return papers.Part(
        title=title,
        text=text,
        lines=lines,
        url=url,
        left_out=listed.total - len(listed.lines),
        nothing=nothing,
    )
