"""What a run's page says: the result in words, who gives what to whom, what stays open."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _

from binglian.domain.coupling.models import Component, CouplingRun, Match, Need

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


def needs_served(matches: QuerySet[Match]) -> QuerySet[Need]:
    """The needs that get something of the matches, their components with ``supplies``."""
    supplies = matches.select_related("offer__organisation", "component").order_by("slot", "pk")
    return (
        Need.objects.filter(components__matches__in=matches.order_by().values("pk"))
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
