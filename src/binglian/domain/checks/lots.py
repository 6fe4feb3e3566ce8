"""Drawing by lot so that nobody can choose and everybody can draw it again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha256


def in_order_of_lot(seed: str, name: str, keys: Sequence[int]) -> list[int]:
    """The keys in the order of SHA-256 over «seed:name:key»; the first ones are drawn."""
    return sorted(keys, key=lambda key: sha256(f"{seed}:{name}:{key}".encode()).digest())


def drawn(
    seed: str,
    sites: Sequence[int],
    inspectors: Sequence[int],
    count: int,
    recused: Collection[tuple[int, int]] = (),
) -> list[tuple[int, int]]:
    """``count`` sites, each with its inspector; inspectors take turns in the order of the lot.

    ``recused`` holds pairs of a site and an inspector who stands back from it: the turn at that
    site goes to the next one in the order who does not. Each site needs one who does not.
    """
    chosen = in_order_of_lot(seed, "site", sites)[:count]
    people = in_order_of_lot(seed, "inspector", inspectors)
    return [
        (site, next(one for one in people[turn:] + people[:turn] if (site, one) not in recused))
        for site, turn in ((site, at % len(people)) for at, site in enumerate(chosen))
    ]
