"""How well an announcement was read: F1 over characters, organisations, names of the same."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from binglian.announcements.facts.organisations import Organisation
from tests.announcements.pages import NamedOrganisation


def f1_of_texts(found: str, labelled: str) -> float:
    """Harmonic mean of precision and recall, by characters other than blanks."""
    one, other = (Counter(re.sub(r"\s", "", text)) for text in (found, labelled))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def matched(
    found: Iterable[Organisation], labelled: Sequence[NamedOrganisation]
) -> list[tuple[Organisation, NamedOrganisation]]:
    """Pairs that share a name, each labelled organisation once."""
    left = list(labelled)
    pairs = []
    for one in found:
        hit = next((other for other in left if {one.name, *one.aliases} & {*other.names}), None)
        if hit is not None:
            left.remove(hit)
            pairs.append((one, hit))
    return pairs


def f1_of_organisations(
    found: Sequence[Organisation], labelled: Sequence[NamedOrganisation]
) -> float:
    total = len(found) + len(labelled)
    return 2 * len(matched(found, labelled)) / total if total else 1.0


def pairs_of_names(
    found: Sequence[Organisation], labelled: Sequence[NamedOrganisation], text: str
) -> tuple[int, int, int]:
    """Pairs of names that mean the same: told and labelled, told, labelled.

    Of the labelled names only those count that the text holds by themselves.
    """
    known = {name for one in labelled for name in one.names}
    names = {name for name in known if _stands_alone(name, text, known)}
    told = {pair for one in found for pair in _pairs({one.name, *one.aliases} & names)}
    right = {pair for one in labelled for pair in _pairs({*one.names} & names)}
    return len(told & right), len(told), len(right)


def _pairs(names: set[str]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in combinations(names, 2)}


def _stands_alone(name: str, text: str, names: set[str]) -> bool:
    for longer in sorted((one for one in names if name in one and one != name), key=len)[::-1]:
        text = text.replace(longer, "／")
    return name in text
