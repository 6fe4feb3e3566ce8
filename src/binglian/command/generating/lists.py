"""Offers and needs of three years, and the promises that came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from binglian.domain.coupling.models import Commitment, Component, Delivery, Need, Offer

from .bodies import Body, Circle
from .chains import Acts, moment
from .rows import Rows
from .span import DAY, Span, day_of
from .spelling import findable
from .words import PURPOSES, RESOURCES

#: Rows a year-long list keeps open; what is older was closed or withdrawn.
_OPEN_DAYS = 400
State = Commitment.State
Given = tuple[int, Body, str]


class Lists:
    """Writes offers, then needs, each need perhaps with a promise from an offer of its kind."""

    def __init__(self, rows: Rows, acts: Acts, circles: list[Circle], span: Span) -> None:
        self._rows, self._acts, self._circles, self._span = rows, acts, circles, span
        self._kinds = list(RESOURCES)
        #: Alliance and kind → offers on the list, the newest last.
        self._offers: dict[tuple[int, str], list[Given]] = {}
        self._counts: Counter[tuple[int, type]] = Counter()

    def enter_offers(self, n: int, chance: np.random.Generator) -> None:
        for at, circle, body, luck in self._drawn(n, chance):
            kind = self._kinds[int(luck[0] ** 1.3 * len(self._kinds))]
            unit, names = RESOURCES[kind]
            called, tag = names[int(luck[1] * len(names))]
            state = self._state_of(at, luck[2])
            number = f"R{self._next(circle, Offer):06d}"
            title = f"{called}（{tag}）"
            key = self._rows.add(
                Offer,
                alliance_id=circle.key,
                organisation_id=body.key,
                number=number,
                title=title,
                kind=kind,
                tags=[tag],
                quantity=Decimal(1 + int(luck[3] ** 2 * 40)),
                unit=unit,
                state=state,
                entered_at=moment(at),
                changed_at=moment(at),
                search_text=findable(title, f"{number} {tag}"),
                **self._place(circle, luck),
            )
            self._acts.note(
                at, circle.slug, "offer.entered", Offer, key, title, by=body.person, of=body.named
            )
            self._offers.setdefault((circle.key, kind), []).append((key, body, title))

    def enter_needs(self, n: int, chance: np.random.Generator) -> None:
        for at, circle, body, luck in self._drawn(n, chance):
            kind = self._kinds[int(luck[0] ** 1.3 * len(self._kinds))]
            unit, names = RESOURCES[kind]
            called, tag = names[int(luck[1] * len(names))]
            title = f"{PURPOSES[int(luck[4] * len(PURPOSES))]}需要{called}"
            number = f"N{self._next(circle, Need):06d}"
            quantity = Decimal(1 + int(luck[3] ** 2 * 10))
            key = self._rows.add(
                Need,
                alliance_id=circle.key,
                organisation_id=body.key,
                number=number,
                title=title,
                state=self._state_of(at, luck[2]),
                priority=_priority(luck[5]),
                deadline=day_of(at + (20 + 200 * luck[6]) * DAY),
                beneficiaries=int(luck[7] ** 3 * 500),
                entered_at=moment(at),
                changed_at=moment(at),
                search_text=findable(title, number),
                **self._place(circle, luck),
            )
            self._acts.note(
                at, circle.slug, "need.entered", Need, key, title, by=body.person, of=body.named
            )
            component = self._rows.add(
                Component,
                need_id=key,
                position=1,
                kind=kind,
                tags=[tag],
                quantity=quantity,
                unit=unit,
            )
            offers = self._offers.get((circle.key, kind))
            if offers and luck[8] < 0.45:
                offer = offers[int(luck[9] * len(offers))]
                if offer[1] is not body:
                    self._promise(at, circle, body, component, quantity, offer, luck)

    def _promise(
        self,
        at: float,
        circle: Circle,
        receiver: Body,
        component: int,
        quantity: Decimal,
        offer: Given,
        luck: list[float],
    ) -> None:
        """Proposed, answered, delivered and judged, each after some days, as far as time went."""
        offer_key, giver, title = offer
        proposed = at + 3 * DAY
        answered = proposed + 6 * luck[1] * DAY
        due = answered + (10 + 60 * luck[2]) * DAY
        given = due + (luck[3] - 0.8) * 20 * DAY
        judged = given + 5 * luck[4] * DAY
        if proposed > self._span.end:
            return
        state = self._end_of(answered, given, judged, luck[5])
        is_answered = state != State.PROPOSED
        explained = {State.DECLINED: "时间安排不开。", State.EXPLAINED: "设备临时检修。"}
        key = self._rows.add(
            Commitment,
            alliance_id=circle.key,
            giver_id=giver.key,
            receiver_id=receiver.key,
            offer_id=offer_key,
            component_id=component,
            quantity=quantity,
            state=state.value,
            proposed_at=moment(proposed),
            answer_due_on=day_of(proposed + 7 * DAY),
            due_on=None if state == State.PROPOSED else day_of(due),
            answered_by_id=giver.person[0] if is_answered else None,
            answered_at=moment(answered) if is_answered else None,
            explanation=explained.get(state, ""),
        )
        if is_answered:
            act = "declined" if state == State.DECLINED else "accepted"
            self._acts.note(
                answered, circle.slug, f"commitment.{act}", Commitment, key, title,
                by=giver.person, of=giver.named,
            )  # fmt: skip
        if state in (State.DELIVERED, State.JUDGED):
            is_judged = state == State.JUDGED
            self._rows.add(
                Delivery,
                commitment_id=key,
                quantity=quantity,
                delivered_on=day_of(given),
                reported_by_id=giver.person[0],
                reported_at=moment(given),
                judge_due_on=day_of(given + 7 * DAY),
                verdict=("met" if luck[6] < 0.9 else "partly") if is_judged else "",
                judged_by_id=receiver.person[0] if is_judged else None,
                judged_at=moment(judged) if is_judged else None,
            )
            steps = [("delivered", given, giver), ("judged", judged, receiver)]
            for act, when, body in steps[: 1 + is_judged]:
                self._acts.note(
                    when, circle.slug, f"commitment.{act}", Commitment, key, title,
                    by=body.person, of=body.named,
                )  # fmt: skip

    def _end_of(self, answered: float, given: float, judged: float, luck: float) -> State:
        end = self._span.end
        if answered > end:
            return State.PROPOSED
        if luck < 0.12:
            return State.DECLINED
        if given > end:
            return State.ACCEPTED
        if luck < 0.18:
            return State.EXPLAINED
        # Some are late, and still owed.
        if luck < 0.2:
            return State.ACCEPTED
        return State.JUDGED if judged < end else State.DELIVERED

    def _drawn(
        self, n: int, chance: np.random.Generator
    ) -> Iterator[tuple[float, Circle, Body, list[float]]]:
        """When, where and by whom; lists grow all the time, like matters."""
        instants = self._span.instants(n, chance)
        whose = chance.choice(len(self._circles), n, p=[c.share for c in self._circles])
        luck = chance.random((n, 10)).tolist()
        members = [np.cumsum(circle.pull) for circle in self._circles]
        ranks = chance.random(n)
        for row in range(n):
            circle = self._circles[whose[row]]
            rank = int(np.searchsorted(members[whose[row]], ranks[row]))
            body = circle.members[min(rank, len(circle.members) - 1)]
            yield float(instants[row]), circle, body, luck[row]

    def _state_of(self, at: float, luck: float) -> str:
        if self._span.end - at < _OPEN_DAYS * DAY * luck:
            return "open"
        return "closed" if luck < 0.85 else "withdrawn"

    def _place(self, circle: Circle, luck: list[float]) -> dict[str, float | None]:
        if luck[7] < 0.3:
            return {"longitude": None, "latitude": None}
        part = circle.district.middles[int(luck[8] * len(circle.district.middles))]
        return {
            "longitude": round(float(part[0]) + (luck[5] - 0.5) * 0.01, 6),
            "latitude": round(float(part[1]) + (luck[6] - 0.5) * 0.01, 6),
        }

    def _next(self, circle: Circle, model: type) -> int:
        self._counts[circle.key, model] += 1
        return self._counts[circle.key, model]


def _priority(luck: float) -> str:
    return "urgent" if luck > 0.95 else "important" if luck > 0.7 else "ordinary"
