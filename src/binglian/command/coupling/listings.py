"""One thing that several alliances list, each in its own list under its own number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.engine.coupling.joint.sharing import SharedOffer
from binglian.engine.coupling.problem import CouplingProblem, Offer


@dataclass(frozen=True, slots=True)
class Lists:
    """An alliance's problem, offers as SLUG/NUMBER; how many units of each are gone (O).

    Gone is what was given to needs that are no longer listed: the problem does not count it.
    """

    problem: CouplingProblem
    gone: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """An offer as one alliance lists it, and how many units of it are gone."""

    offer: Offer
    gone: int


def problem_of(lists: Lists, common: Mapping[str, Offer]) -> CouplingProblem:
    """Return the problem with what is listed several times (by SLUG/NUMBER) as it is in all."""
    offers = tuple(common.get(offer.ref, offer) for offer in lists.problem.offers)
    return replace(lists.problem, offers=offers)


def listings_of(lists: Lists, refs: frozenset[str]) -> dict[str, Listing]:
    """Return how an alliance lists some offers."""
    rows = zip(lists.problem.offers, lists.gone, strict=True)
    return {offer.ref: Listing(offer, gone) for offer, gone in rows if offer.ref in refs}


def in_common(groups: Sequence[Sequence[str]], listed: Mapping[str, Listing]) -> dict[str, Offer]:
    """Return, for every listing, the one offer that is meant, under the first ref of its group.

    Raises ``CommandRefused`` when listings differ in more than number and what is left.
    """
    common: dict[str, Offer] = {}
    for refs in groups:
        first, *others = refs
        is_as_first = [_stated(listed[ref], first) == _stated(listed[first], first) for ref in refs]
        if not all(is_as_first):
            other = refs[is_as_first.index(False)]
            raise CommandRefused(
                _("--shared：%(one)s 与 %(other)s 的文字或数字不同；请先改为一致。")
                % {"one": first, "other": other}
            )
        stated = _stated(listed[first], first)
        left = stated.quantity - sum(listed[ref].gone for ref in refs)
        one = replace(stated, quantity=max(0, left))
        common |= dict.fromkeys([first, *others], one)
    return common


def shared_of(
    groups: Sequence[Sequence[str]], common: Mapping[str, Offer], alliances: Sequence[str]
) -> list[SharedOffer]:
    """Return what is shared: by those who list it; what only one lists, by all."""
    return [
        SharedOffer(
            common[refs[0]],
            tuple(alliances) if len(refs) == 1 else tuple(ref.partition("/")[0] for ref in refs),
        )
        for refs in groups
    ]


def _stated(listing: Listing, ref: str) -> Offer:
    """Return the offer as its alliance states it, nothing gone, under this ref."""
    return replace(listing.offer, ref=ref, quantity=listing.offer.quantity + listing.gone)
