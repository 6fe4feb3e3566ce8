"""What was found on sites and put right, and where work stands still."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from binglian.domain.checks.models import FindingStep
from binglian.domain.indicators.briefing.telling import Count, Subject, Told, day, shortly, since
from binglian.domain.indicators.figures import Case
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import FoundOnSite, Records

What = FindingStep.What


def _issued(records: Records, period: Period) -> Iterator[Case]:
    """Issued in the period, or come again in it."""
    for one in records.findings:
        turns = [turn for turn in one.turns if turn.what in (What.ISSUED, What.REOPENED)]
        if any(turn.on in period for turn in turns):
            yield _case(one)


def _closed(records: Records, period: Period) -> Iterator[Case]:
    for one in records.findings:
        if any(turn.what == What.CLOSED and turn.on in period for turn in one.turns):
            yield _case(one)


def _overdue(records: Records, period: Period) -> Iterator[Case]:
    """At the end of the period."""
    last = min(period.last, records.on)
    for one in records.findings:
        if one.due_on < last and one.is_open_on(last):
            yield _case(one)


def _standing_still(records: Records, period: Period) -> Iterator[Case]:
    """At the end of the period."""
    for one in records.findings:
        if one.stood_still_on(min(period.last, records.on)):
            yield _case(one)


def _done(records: Records, period: Period) -> Iterator[Told]:
    for one in records.findings:
        closed = [turn for turn in one.turns if turn.what == What.CLOSED and turn.on in period]
        for turn in closed[-1:]:
            text = f"{one.responsible}整改“{shortly(one.what)}”，经另一人复查销号。"
            yield Told(_key(one), text, turn.on, day(turn.on), one.path)


def _stuck(records: Records, _period: Period) -> Iterator[Told]:
    """Where work stands still; what waits to be looked at again; what is not put right in time."""
    until = records.on
    for one in records.findings:
        order, is_late = one.stands_still, one.due_on < until
        if order:
            yield Told(
                _key(one), f"停工中：{_awaited(one)}", order.on, since(order.on, until), one.path
            )
        elif one.is_reported:
            turn = one.turns[-1]
            yield Told(_key(one), _awaited(one), turn.on, since(turn.on, until), one.path)
        elif one.is_open_on(until) and is_late:
            text = f"{_awaited(one).removesuffix('。')}，已超过期限。"
            yield Told(_key(one), text, one.due_on, since(one.due_on, until), one.path)


def _awaited(one: FoundOnSite) -> str:
    """Who must act next, and how."""
    named, who = f"“{shortly(one.what)}”", one.responsible
    if one.stands_still and one.stands_still.what == What.ASKED:
        return f"等检查员答复{who}的复工申请（{named}）。"
    if one.is_reported:
        return f"等检查员复查{who}整改的{named}。"
    if one.turns[-1].what == What.CLOSED:
        return f"等{who}申请复工（{named}已销号）。"
    return f"等{who}整改{named}（{one.grade}）。"


def _ahead(records: Records, period: Period) -> Iterator[Told]:
    for one in records.findings:
        if one.due_on in period and one.is_open_on(records.on) and not one.is_reported:
            text = f"{one.responsible}应完成“{shortly(one.what)}”的整改（{one.grade}）。"
            yield Told(_key(one), text, one.due_on, f"{day(one.due_on)}到期", one.path)


def _case(one: FoundOnSite) -> Case:
    return Case(one.number, note=f"{one.site} · {one.what}", path=one.path)


def _key(one: FoundOnSite) -> str:
    return f"finding:{one.pk}"


FINDINGS = Subject(
    counts=(
        Count("findings", _("工地签发的整改通知"), _issued, is_drawn=True, is_optional=True),
        Count("closed", _("复查销号的问题"), _closed, is_drawn=True, is_optional=True),
        Count("unfixed", _("月末超过整改期限的问题"), _overdue, is_optional=True),
        Count("still", _("月末停工的整改"), _standing_still, is_optional=True),
    ),
    done=_done,
    stuck=_stuck,
    ahead=_ahead,
)
