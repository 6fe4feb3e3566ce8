"""How many of the best candidates the search finds, against looking at every offer.

The row rules themselves are asked here, one offer at a time, not the compiled search.

python -m benchmarks.coupling.recall --rows 100000 --sample 300
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from binglian.engine.coupling.candidates.finding import find_pairs, fit_of, why_not
from binglian.engine.coupling.problem import Component, Need, Offer
from binglian.engine.coupling.slots import slots_of_need, slots_of_offer

from .families import FAMILIES
from .generator import MOST_PER_COMPONENT, Rows, random_rows

Rank = tuple[bool, float]  # its lot is not more than asked; its fit


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", choices=sorted(FAMILIES), default="plain")
    parser.add_argument("--sample", type=int, default=300, help="needs looked at")
    asked = parser.parse_args()
    rows = random_rows(asked.rows, seed=asked.seed, family=asked.family)
    found = {"rows": asked.rows, "seed": asked.seed, "family": asked.family}
    print(json.dumps(found | recall(rows, sample=asked.sample, seed=asked.seed)))


def recall(rows: Rows, *, sample: int, seed: int) -> dict[str, Any]:
    """Return the share of the best candidates found, for ``sample`` needs drawn by ``seed``.

    Offers of the same rank stand for one another: of the K best a candidate counts if its rank
    is no lower than that of the K-th. ``fit_found`` is the sum of fits found over the best sum.
    """
    pairs = find_pairs(
        rows.offers, rows.needs, slots=rows.slots, most_per_component=MOST_PER_COMPONENT
    )
    ends = np.searchsorted(pairs.need, np.arange(len(rows.needs) + 1))
    index = _by_tag(rows.offers)
    pick = np.random.default_rng(seed)
    size = min(sample, len(rows.needs))
    components = wanted = found = 0
    fit_wanted = fit_found = 0.0
    for n in sorted(pick.choice(len(rows.needs), size, replace=False).tolist()):
        need, mine = rows.needs[n], slice(ends[n], ends[n + 1])
        for c, component in enumerate(need.components):
            ranks = sorted(_ranks(rows, index, need, component), reverse=True)
            best = ranks[:MOST_PER_COMPONENT]
            chosen = pairs.offer[mine][pairs.component[mine] == c].tolist()
            got = [_rank(rows.offers[o], need, component) for o in chosen]
            components += 1
            wanted += len(best)
            found += sum(bool(best) and rank >= best[-1] for rank in got)
            fit_wanted += sum(fit for _, fit in best)
            fit_found += sum(fit for _, fit in got)
    return {
        "components": components,
        "best_candidates": wanted,
        "recall": found / max(1, wanted),
        "fit_found": fit_found / fit_wanted if fit_wanted else 1.0,
    }


def _by_tag(offers: tuple[Offer, ...]) -> dict[tuple[str, str], list[int]]:
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for o, offer in enumerate(offers):
        for tag in offer.tags:
            index[offer.kind, tag].append(o)
    return index


def _ranks(
    rows: Rows, index: dict[tuple[str, str], list[int]], need: Need, component: Component
) -> Iterator[Rank]:
    """Look at every offer that shares a tag: without one no offer fits."""
    suits = set(slots_of_need(need, rows.slots))
    for o in {o for tag in component.tags for o in index[component.kind, tag]}:
        offer = rows.offers[o]
        if not why_not(offer, need, component) and suits & set(slots_of_offer(offer, rows.slots)):
            yield _rank(offer, need, component)


def _rank(offer: Offer, need: Need, component: Component) -> Rank:
    return offer.lot <= component.quantity, round(fit_of(offer, need, component), 3)


if __name__ == "__main__":
    main()
