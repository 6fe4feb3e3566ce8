"""How fast candidates are found, and how many of the best ones among all.

python -m benchmarks.coupling.candidates --rows 1000 100000 --most 16 [--bare] [--texts]
"""

import argparse
import random
import resource
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from binglian.engine.coupling.candidates.finding import find_pairs
from binglian.engine.coupling.candidates.likeness import ALIKE, Likeness
from binglian.engine.coupling.pairs import Floats, Pairs
from binglian.engine.coupling.problem import Need, Offer

from .families import FAMILIES
from .generator import random_rows

GOODS = ("法律", "医疗", "心理", "消防", "急救", "编程", "书法", "舞蹈", "羽毛球", "会议", "助餐")
FORMS = ("咨询", "讲座", "培训", "场地", "设备", "志愿服务", "课程", "辅导", "演练", "义诊")
FOR_WHOM = ("老年人", "少儿", "青少年", "残障人士", "新就业群体", "社区居民", "商户", "企业职工")
OFFERED = (
    "可提供{0}{1}，面向{2}，需提前预约",
    "我单位有{0}{1}，愿与共建单位共享",
    "{2}{0}{1}，工作日开放",
)
ASKED = (
    "希望提供{0}{1}，服务{2}",
    "需要面向{2}的{0}{1}",
    "社区缺少{0}{1}，请共建单位支持",
)


class Recall(NamedTuple):
    """Shares of what the best pairs of all would give, averaged over components."""

    best: float  # kept pairs that are as good as the last of the true best, per true best
    fit: float  # sum of fits kept per sum of the true best


def recall(
    offers: Sequence[Offer], needs: Sequence[Need], kept: Pairs, most: int, sample: Sequence[int]
) -> Recall:
    """Compare the pairs ``kept`` of the needs in ``sample`` with all pairs there are."""
    everything = find_pairs(offers, [needs[n] for n in sample])
    best, fit = [], []
    ends = np.searchsorted(kept.need, [*sample, len(needs)])
    of_sample = np.searchsorted(everything.need, np.arange(len(sample) + 1))
    for i, n in enumerate(sample):
        mine = slice(int(ends[i]), int(np.searchsorted(kept.need, n + 1)))
        theirs = slice(int(of_sample[i]), int(of_sample[i + 1]))
        for c, component in enumerate(needs[n].components):
            true = _scores(everything, theirs, c, offers, component.quantity)[:most]
            found = _scores(kept, mine, c, offers, component.quantity)
            if len(true):
                best.append((found >= true[-1]).sum() / len(true))
                fit.append((found % 2).sum() / (true % 2).sum() if (true % 2).sum() else 1.0)
    return Recall(float(np.mean(best)), float(np.mean(fit)))


def _scores(
    pairs: Pairs, rows: slice, component: int, offers: Sequence[Offer], quantity: int
) -> Floats:
    """Return the fits of one component, plus 2 if the lot is not too large; best first."""
    chosen = pairs.component[rows] == component
    listed = pairs.offer[rows][chosen].tolist()
    useful = np.array([offers[o].quantity > 0 and offers[o].lot <= quantity for o in listed])
    scores = pairs.fit[rows][chosen].astype(np.float64) + 2.0 * useful.astype(np.float64)
    return np.sort(scores)[::-1]


def _described(count: int, templates: Sequence[str], seed: int) -> list[str]:
    pick = random.Random(seed)
    return [
        pick.choice(templates).format(pick.choice(GOODS), pick.choice(FORMS), pick.choice(FOR_WHOM))
        + f"，编号{pick.randrange(100 * count)}"
        for _ in range(count)
    ]


def _with_texts(offers: Sequence[Offer], needs: Sequence[Need]) -> tuple[list[Offer], list[Need]]:
    """Describe every offer and component, and ask for a tag that nobody has."""
    given = _described(len(offers), OFFERED, 1)
    asked = iter(_described(sum(len(need.components) for need in needs), ASKED, 2))
    nobody = frozenset({"?"})
    return (
        [replace(offer, text=text) for offer, text in zip(offers, given, strict=True)],
        [
            replace(
                need,
                components=tuple(
                    replace(part, tags=nobody, text=next(asked)) for part in need.components
                ),
            )
            for need in needs
        ],
    )


def _bare(needs: Sequence[Need]) -> list[Need]:
    """Ask for anything of the kind."""
    return [
        replace(
            need,
            components=tuple(replace(part, tags=frozenset()) for part in need.components),
        )
        for need in needs
    ]


def measure(rows: int, family: str, most: int, sample: int, form: str) -> None:
    """Print what one search takes and how much of the best it finds."""
    drawn = random_rows(rows, seed=1, family=family)
    offers: Sequence[Offer] = drawn.offers
    needs: Sequence[Need] = drawn.needs
    if form == "texts":
        offers, needs = _with_texts(offers, needs)
    elif form == "bare":
        needs = _bare(needs)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, busy = time.perf_counter(), time.process_time()
    kept = find_pairs(offers, needs, most_per_component=most)
    seconds, busy = time.perf_counter() - begun, time.process_time() - busy
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    chosen = sorted(random.Random(0).sample(range(len(needs)), min(sample, len(needs))))
    found = recall(offers, needs, kept, most, chosen)
    print(
        f"{rows:>9,} rows  {family:<6} {form:<6} {len(kept):>11,} pairs  {seconds:6.2f} s "
        f"({busy:.2f} CPU)  {after / 1024:6.0f} MB (rows alone {before / 1024:.0f})  "
        f"offers used {len(np.unique(kept.offer)) / len(offers):.3f}  "
        f"recall of the best {found.best:.4f}  of their fit {found.fit:.4f}",
        flush=True,
    )


def measure_likeness(count: int, most: int, sample: int) -> None:
    """Print how many of the likest texts are found among ``count``, asked ``count`` times."""
    given, asked = _described(count, OFFERED, 1), _described(count, ASKED, 2)
    begun = time.perf_counter()
    index = Likeness.of(given)
    indexed = time.perf_counter() - begun
    _, values = index.nearest(asked, most)
    seconds = time.perf_counter() - begun
    chosen = random.Random(0).sample(range(count), min(sample, count))
    _, true = index.nearest([asked[q] for q in chosen], most, exact=True)
    mine = values[chosen]
    last = true[:, -1:]
    best = ((mine >= last) & (mine >= ALIKE)).sum() / max(1, (true >= ALIKE).sum())
    print(
        f"{count:>9,} texts by {count:,}: index {indexed:.1f} s, all {seconds:.1f} s, "
        f"recall of the likest {most}: {best:.4f}, of their likeness {mine.sum() / true.sum():.4f}",
        flush=True,
    )


def main() -> None:
    """Measure every size asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000])
    parser.add_argument("--family", choices=sorted(FAMILIES), default="plain")
    parser.add_argument("--most", type=int, default=16)
    parser.add_argument("--sample", type=int, default=200, help="needs compared with all pairs")
    parser.add_argument("--bare", action="store_true", help="components ask for no tags")
    parser.add_argument("--texts", action="store_true", help="components are met by text alone")
    parser.add_argument("--likeness", action="store_true", help="texts by themselves")
    asked = parser.parse_args()
    form = "bare" if asked.bare else "texts" if asked.texts else "tags"
    for rows in asked.rows:
        if asked.likeness:
            measure_likeness(rows, asked.most, asked.sample)
        else:
            measure(rows, asked.family, asked.most, asked.sample, form)


if __name__ == "__main__":
    main()
