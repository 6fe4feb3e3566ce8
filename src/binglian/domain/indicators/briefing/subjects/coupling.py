"""Needs and commitments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from binglian.domain.coupling.models import Delivery
from binglian.domain.indicators.briefing.telling import Count, Subject, Told, day, since
from binglian.domain.indicators.figures import Case
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Promised, Records
from binglian.domain.indicators.records.commitments import day_of

#: Cases told in one briefing.
_TOLD = 3


def _entered(records: Records, period: Period) -> Iterator[Case]:
    needs = records.alliance.needs.filter(entered_at__lte=records.as_of)
    for need in needs.select_related("organisation").order_by("pk"):
        if day_of(need.entered_at) in period:
            yield Case(need.title, note=need.organisation.name, path=f"needs/{need.pk}/")


def _accepted(records: Records, period: Period) -> Iterator[Case]:
    for one in records.commitments:
        if one.accepted_at and day_of(one.accepted_at) in period:
            yield _case(one)


def _fulfilled(records: Records, period: Period) -> Iterator[Case]:
    for one, _day in records.fulfilled(period):
        yield _case(one)


def _overdue(records: Records, period: Period) -> Iterator[Case]:
    """At the end of the period: due by then, neither delivered nor explained by then."""
    for one in records.commitments:
        if one.accepted_at is None or one.due_on is None or one.is_unjudged:
            continue
        if one.explained_on and one.explained_on <= period.last:
            continue
        is_late = one.due_on <= period.last and one.due_on < records.on
        if is_late and (one.fulfilled_on is None or one.fulfilled_on > period.last):
            yield _case(one)


def _case(one: Promised) -> Case:
    return Case(one.title, path=f"commitments/{one.pk}/")


def _done(records: Records, period: Period) -> Iterator[Told]:
    for one, on in records.fulfilled(period):
        text = f"{one.giver.name}向{one.receiver.name}兑现“{one.title}”，对方已确认。"
        yield Told(_key(one), text, on, day(on), f"commitments/{one.pk}/")


def _stuck(records: Records, _period: Period) -> Iterator[Told]:
    """Whoever promised and is late; whoever was given something and has not said whether it did."""
    until = records.on
    open_ = [one for one in records.commitments if _is_open(one)]
    reported = _reported([one.pk for one in open_ if one.is_unjudged])
    for one in open_:
        if one.is_unjudged:
            on = reported[one.pk]
            text = f"等{one.receiver.name}评价“{one.title}”的兑现。"
            yield Told(_key(one), text, on, since(on, until), f"commitments/{one.pk}/")
        elif one.due_on and one.due_on < until:
            text = f"等{one.giver.name}兑现“{one.title}”。"
            facts = since(one.due_on, until)
            yield Told(_key(one), text, one.due_on, facts, f"commitments/{one.pk}/")


def _ahead(records: Records, period: Period) -> Iterator[Told]:
    for one in records.commitments:
        if _is_open(one) and one.due_on and one.due_on in period:
            text = f"{one.giver.name}应向{one.receiver.name}兑现“{one.title}”。"
            path = f"commitments/{one.pk}/"
            yield Told(_key(one), text, one.due_on, f"{day(one.due_on)}到期", path)


def _cases(records: Records, period: Period) -> Iterator[Told]:
    """Those of which both sides had something to say, then others; the latest first."""
    fulfilled = {one.pk: (one, on) for one, on in records.fulfilled(period)}
    said = Delivery.objects.filter(
        commitment__in=fulfilled, verdict=Delivery.Verdict.MET, judged_at__lte=records.as_of
    ).exclude(note="", verdict_note="")
    latest = said.order_by("-delivered_on", "-pk")
    told_by_both = sorted(latest, key=lambda one: not (one.note and one.verdict_note))
    for delivery in told_by_both[:_TOLD]:
        one, on = fulfilled[delivery.commitment_id]
        giver, receiver = one.giver.name, one.receiver.name
        told = f"{giver}：{delivery.note}" if delivery.note else ""
        judged = f"{receiver}的评价：{delivery.verdict_note}" if delivery.verdict_note else ""
        words = "；".join(part.rstrip("。；") for part in (told, judged) if part)
        text = f"“{one.title}”：{giver}向{receiver}兑现。{words}。"
        yield Told(f"case:{one.pk}", text, on, day(on), f"commitments/{one.pk}/")


def _is_open(one: Promised) -> bool:
    return bool(one.accepted_at) and not one.fulfilled_on and not one.explained_on


def _key(one: Promised) -> str:
    return f"commitment:{one.pk}"


def _reported(pks: list[int]) -> dict[int, date]:
    rows = Delivery.objects.filter(commitment__in=pks).order_by("pk")
    return {pk: day_of(at) for pk, at in rows.values_list("commitment", "reported_at")}


COUPLING = Subject(
    counts=(
        Count("needs", _("新登记的需求"), _entered, is_drawn=True),
        Count("accepted", _("新认领的承诺"), _accepted, is_drawn=True),
        Count("fulfilled", _("兑现并经对方确认的承诺"), _fulfilled, is_drawn=True),
        Count("overdue", _("月末逾期未兑现的承诺"), _overdue, is_drawn=True),
    ),
    done=_done,
    stuck=_stuck,
    ahead=_ahead,
    cases=_cases,
)
