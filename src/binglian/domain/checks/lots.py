"""Drawing by lot so that nobody can choose and everybody can draw it again."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256


def in_order_of_lot(seed: str, name: str, keys: Sequence[int]) -> list[int]:
    """The keys in the order of SHA-256 over «seed:name:key»; the first ones are drawn."""
    return sorted(keys, key=lambda key: sha256(f"{seed}:{name}:{key}".encode()).digest())


def drawn(
    seed: str, sites: Sequence[int], inspectors: Sequence[int], count: int
) -> list[tuple[int, int]]:
    """``count`` sites, each with its inspector; inspectors take turns in the order of the lot."""
    chosen = in_order_of_lot(seed, "site", sites)[:count]
    people = in_order_of_lot(seed, "inspector", inspectors)
    return [(site, people[at % len(people)]) for at, site in enumerate(chosen)]
