"""What the graph draws and the table lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.indicators.network import Joint, Source, Tie, communities, ties_of
from binglian.domain.indicators.periods import Period

#: Things done together that are listed of one tie.
MOST = 100
#: By what the table can be sorted; unknown ones sort by name.
SORTS = ("name", "commitments", "matters", "projects", "weight")


@dataclass(frozen=True, slots=True)
class Row:
    """One tie with its names."""

    one: Organisation
    other: Organisation
    tie: Tie

    @property
    def key(self) -> str:
        """As it stands in an address."""
        return f"{self.tie.ends[0]}-{self.tie.ends[1]}"


def network_content(request: HttpRequest, joint: Sequence[Joint], period: Period) -> dict[str, Any]:
    """Graph, table, groups, and what one tie stands on where the reader chose it."""
    ties = ties_of(joint, period)
    names = Organisation.objects.in_bulk({end for tie in ties for end in tie.ends})
    group = communities({tie.ends: tie.weight for tie in ties})
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else SORTS[0]
    rows = _sorted([_row(tie, names) for tie in ties], sort)
    chosen = next((row for row in rows if row.key == request.GET.get("tie")), None)
    return {
        "rows": rows,
        "sort": sort,
        "columns": _columns(),
        "graph": graph(ties, names, group),
        "groups": _groups(group, names),
        "organisation_count": len(names),
        "chosen": chosen,
        "done_together": [
            one for one in joint if chosen and one.ends == chosen.tie.ends and one.on in period
        ][:MOST],
    }


def graph(
    ties: Iterable[Tie], names: dict[int, Organisation], group: dict[int, int]
) -> dict[str, Any]:
    """Plain values for the island: nodes in the order of their names, ties by their numbers."""
    order = sorted(names.values(), key=lambda one: (group[one.pk], str(one)))
    number = {one.pk: n for n, one in enumerate(order)}
    return {
        "nodes": [{"name": str(one), "group": group[one.pk]} for one in order],
        "ties": [
            [number[tie.ends[0]], number[tie.ends[1]], tie.commitments, tie.matters, tie.projects]
            for tie in ties
        ],
        "words": {
            "sources": [str(Source(source).label) for source in Source],
            "with": _("合作单位"),
            "choose": _("点一个单位，看它和谁合作。方向键换单位，回车键固定。"),
            "zoomIn": _("放大"),
            "zoomOut": _("缩小"),
            "whole": _("全图"),
            "group": _("合作圈"),
        },
    }


def _row(tie: Tie, names: dict[int, Organisation]) -> Row:
    one, other = sorted((names[end] for end in tie.ends), key=str)
    return Row(one, other, tie)


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    by_name = sorted(rows, key=lambda row: (str(row.one), str(row.other)))
    if sort == "name":
        return by_name
    return sorted(by_name, key=lambda row: -getattr(row.tie, sort))


def _columns() -> list[tuple[str, str]]:
    return [
        *((source.value, str(source.label)) for source in Source),
        ("weight", _("合计")),
    ]


def _groups(group: dict[int, int], names: dict[int, Organisation]) -> list[list[Organisation]]:
    """Organisations by the group they fall into, each in the order of names."""
    found: list[list[Organisation]] = [[] for _number in set(group.values())]
    for pk, number in group.items():
        found[number].append(names[pk])
    return [sorted(one, key=str) for one in found]
