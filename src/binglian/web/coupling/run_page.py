"""What a run's page says: the result in words, who gives what to whom, what stays open."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from binglian.domain.alliance.models import Organisation
from binglian.domain.coupling.models import Component, CouplingRun, Match, Need

#: Organisations drawn one by one on each side; the others are drawn as one.
DRAWN = 8
#: Shares below this are shown as none.
NOTHING = 0.0005


def bound_in_words(run: CouplingRun) -> str:
    """How good the result is compared with any other, in one sentence."""
    gap = run.gap or 0.0
    if run.status == "optimal" and gap < NOTHING:
        return _("已证明这是最优结果：按现有清单，没有任何安排能满足得更多。")
    if gap < NOTHING:
        return _("与最优的差距不超过 0.1%%。") % {}
    return _("按优先级和受益人数加权，任何安排最多再好 %(gap)s。") % {"gap": f"{gap:.1%}"}


def result_in_words(run: CouplingRun, partly: int) -> str:
    """The run's outcome in one sentence."""
    counts = {"needs": run.need_count, "met": run.met_count, "partly": partly}
    if partly:
        return _("%(needs)s 项需求中，%(met)s 项全部满足，%(partly)s 项部分满足。") % counts
    return _("%(needs)s 项需求中，%(met)s 项全部满足。") % counts


def flows(run: CouplingRun) -> dict[str, Any]:
    """Givers on the left, receivers on the right; a link is worth its number of matches."""
    ends = ("offer__organisation", "component__need__organisation")
    counted = list(run.matches.order_by().values_list(*ends).annotate(n=Count("pk")))
    givers = _drawn(Counter({g: 0 for g, _r, _n in counted}), ((g, n) for g, _r, n in counted))
    receivers = _drawn(Counter(), ((r, n) for _g, r, n in counted))
    names = Organisation.objects.in_bulk({*givers, *receivers})
    sums: Counter[tuple[str, str]] = Counter()
    for giver, receiver, number in counted:
        sums[_name(giver, givers, names), _name(receiver, receivers, names)] += number
    return {
        "nodes": [{"name": name} for name in dict.fromkeys(n for pair in sums for n in pair)],
        "links": [
            {"source": g, "target": r, "value": n, "label": _matches_in_words(n)}
            for (g, r), n in sums.most_common()
        ],
    }


def _drawn(seen: Counter[int], counted: Any) -> set[int]:
    for organisation, number in counted:
        seen[organisation] += number
    most = DRAWN if len(seen) > DRAWN else len(seen)
    return {organisation for organisation, _number in seen.most_common(most)}


def _name(organisation: int, drawn: set[int], names: dict[int, Organisation]) -> str:
    return str(names[organisation]) if organisation in drawn else _("其他单位")


def _matches_in_words(number: int) -> str:
    return ngettext("%(number)s 项匹配", "%(number)s 项匹配", number) % {"number": number}


def needs_served(run: CouplingRun) -> QuerySet[Need]:
    """The needs that get something from the run, their components with ``supplies``."""
    supplies = Match.objects.filter(run=run).select_related("offer__organisation", "component")
    return (
        Need.objects.filter(components__matches__run=run)
        .distinct()
        .select_related("organisation")
        .prefetch_related(
            "components",
            Prefetch("components__matches", supplies, to_attr="supplies"),
        )
        .order_by("pk")
    )


def supplies_of(need: Need) -> list[tuple[Component, Match]]:
    """The matches of a need from ``needs_served``, each with its component."""
    return [(part, match) for part in need.components.all() for match in part.supplies]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a published run's matches."""

    asked: int
    accepted: int
    declined: int
    delivered: int
    judged: int
    explained: int


def fate_of(run: CouplingRun) -> Fate:
    """How many commitments stand in each state."""
    states = dict(run.commitments.order_by().values_list("state").annotate(n=Count("pk")))
    return Fate(
        asked=states.get("proposed", 0),
        **{name: states.get(name, 0) for name in Fate.__slots__ if name != "asked"},
    )
