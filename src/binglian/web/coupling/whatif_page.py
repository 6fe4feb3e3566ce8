"""An answer to «what if» as its page shows it, beside the present proposal."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.coupling.engine_adapter import Answer, Changes
from binglian.domain.coupling.models import Component, Need, Offer
from binglian.domain.coupling.policy import in_words

#: Rows of each list that are shown.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class NeedChange:
    """A need that gets more or less than in the present proposal."""

    need: Need
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Move:
    """A match that comes, goes or changes; ``offer`` is ``None`` for the imagined one."""

    offer: Offer | None
    component: Component
    before: Decimal
    after: Decimal


def side_by_side(answer: Answer) -> dict[str, Any]:
    """Everything the page shows of an answer, with the rows it speaks of."""
    needs = _needs([row[0] for row in (*answer.gains[:SHOWN], *answer.loses[:SHOWN])])
    moves = _moves(answer)
    return {
        "answer": answer,
        "gains": _changes(answer.gains, needs),
        "loses": _changes(answer.loses, needs),
        "gain_count": len(answer.gains),
        "lose_count": len(answer.loses),
        "move_count": len(answer.moves),
        "members": _members(moves),
        "gap": _gap(answer),
    }


def asked_in_words(changes: Changes, alliance: Alliance) -> list[str]:
    """What was changed, a line for each."""
    lines = in_words(changes.weights, alliance)
    if changes.offer:
        kinds = {word.code: str(word) for word in alliance.kind_words()}
        quantity = f"{Decimal(changes.offer.quantity).normalize():f}{changes.offer.unit}"
        words = {"kind": kinds.get(changes.offer.kind, changes.offer.kind), "quantity": quantity}
        lines.append(_("再有一项资源：%(kind)s %(quantity)s") % words)
    if changes.leaves:
        name = Organisation.objects.filter(pk=changes.leaves).first()
        lines.append(_("“%(name)s”退出") % {"name": name})
    if changes.withdraws:
        need = Need.objects.filter(pk=changes.withdraws).first()
        lines.append(_("撤回需求“%(need)s”") % {"need": need})
    return lines


def _gap(answer: Answer) -> float:
    bound = answer.then["bound"]
    return max(0.0, 1 - answer.then["weighted"] / bound) if bound else 0.0


def _needs(ids: list[Any]) -> dict[int, Need]:
    return Need.objects.select_related("organisation").in_bulk([int(pk) for pk in ids])


def _changes(rows: list[list[float]], needs: dict[int, Need]) -> list[NeedChange]:
    return [
        NeedChange(needs[int(pk)], before, after)
        for pk, before, after in rows[:SHOWN]
        if int(pk) in needs
    ]


def _moves(answer: Answer) -> list[Move]:
    rows = answer.moves
    offers = Offer.objects.select_related("organisation").in_bulk([o for o, *_rest in rows if o])
    components = Component.objects.select_related("need__organisation").in_bulk(
        [component for _o, component, *_rest in rows]
    )
    return [
        Move(offers.get(offer), components[component], Decimal(before), Decimal(after))
        for offer, component, before, after in rows
        if component in components
    ]


def _members(moves: list[Move]) -> list[tuple[Any, list[Move]]]:
    """Each giver with the matches of its that change, in the order of their names."""
    by_giver: dict[Any, list[Move]] = defaultdict(list)
    for move in moves:
        by_giver[move.offer.organisation if move.offer else None].append(move)
    named = sorted((giver for giver in by_giver if giver), key=lambda giver: giver.name)
    order = [*([None] if None in by_giver else []), *named]
    return [(giver, by_giver[giver]) for giver in order[:SHOWN]]
