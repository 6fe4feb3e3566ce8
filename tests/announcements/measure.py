"""How well an announcement was read: F1 over characters, over organisations, over roles."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

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
