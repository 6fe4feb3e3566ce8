"""Who gives to whom in a run, drawn so that thousands of matches stay readable."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from binglian.domain.alliance.models import Organisation
from binglian.domain.coupling.models import Match

#: Organisations drawn one by one on each side; the others are drawn by type.
DRAWN = 8
#: And so many more of a type that the reader unfolds.
UNFOLDED = 30
_ENDS = ("offer__organisation", "component__need__organisation")


def flows(matches: QuerySet[Match], unfold: str = "") -> dict[str, Any]:
    """Givers on the left, receivers on the right; a link is worth its number of matches.

    ``unfold`` is the organisation type to draw one by one; ``folded`` lists the types drawn as
    one, with how many organisations each stands for.
    """
    counted = list(matches.order_by().values_list(*_ENDS).annotate(n=Count("pk")))
    names = Organisation.objects.in_bulk({end for *ends, _n in counted for end in ends})
    givers = _Side(((g, n) for g, _r, n in counted), names, unfold)
    receivers = _Side(((r, n) for _g, r, n in counted), names, unfold)
    sums: Counter[tuple[str, str]] = Counter()
    for giver, receiver, number in counted:
        sums[givers.name(giver), receivers.name(receiver)] += number
    folded = givers.folded | receivers.folded
    return {
        "nodes": [{"name": name} for name in dict.fromkeys(n for pair in sums for n in pair)],
        "links": [
            {"source": g, "target": r, "value": n, "label": _matches_in_words(n)}
            for (g, r), n in sums.most_common()
        ],
        "folded": [
            {"name": name, "kind": kind.value, "label": str(kind.label)}
            for name, kind in folded.items()
        ],
    }


class _Side:
    """One side of the drawing: the biggest organisations by name, the others by type."""

    def __init__(
        self, counted: Iterable[tuple[int, int]], names: dict[int, Organisation], unfold: str
    ) -> None:
        self._names = names
        sums: Counter[int] = Counter()
        for organisation, number in counted:
            sums[organisation] += number
        by_size = [organisation for organisation, _n in sums.most_common()]
        unfolded = [o for o in by_size[DRAWN:] if names[o].kind == unfold]
        self._drawn = {*by_size[:DRAWN], *unfolded[:UNFOLDED]}
        rest = Counter(names[o].kind for o in by_size if o not in self._drawn)
        # Nobody is folded by itself.
        self._drawn |= {o for o in by_size if rest[names[o].kind] == 1}
        self._rest = Counter(names[o].kind for o in by_size if o not in self._drawn)

    @property
    def folded(self) -> dict[str, Organisation.Kind]:
        """Name drawn → the type it stands for."""
        return {self._together(kind): Organisation.Kind(kind) for kind in self._rest}

    def name(self, organisation: int) -> str:
        if organisation in self._drawn:
            return str(self._names[organisation])
        return self._together(self._names[organisation].kind)

    def _together(self, kind: str) -> str:
        number = self._rest[kind]
        words = ngettext("%(kind)s %(number)s 家", "%(kind)s %(number)s 家", number)
        return words % {"kind": Organisation.Kind(kind).label, "number": number}


def _matches_in_words(number: int) -> str:
    return ngettext("%(number)s 项匹配", "%(number)s 项匹配", number) % {"number": number}


def on_map(matches: QuerySet[Match]) -> dict[str, Any]:
    """Where what is given goes: one flow per pair of places, with its number of matches.

    A place is the row's own or else its organisation's; ``unplaced`` counts matches without.
    """
    rows = matches.select_related("offer__organisation", "component__need__organisation")
    sums: Counter[tuple[int, int]] = Counter()
    places: dict[tuple[float, float], int] = {}
    labels: list[set[str]] = []
    unplaced = 0
    for match in rows.order_by("pk"):
        ends = []
        for row in (match.offer, match.component.need):
            at = _where(row)
            if at is None:
                break
            index = places.setdefault(at, len(places))
            if index == len(labels):
                labels.append(set())
            labels[index].add(str(row.place or row.organisation))
            ends.append(index)
        if len(ends) == 2:
            sums[ends[0], ends[1]] += 1
        else:
            unplaced += 1
    return {
        "places": [
            {"at": at, "name": _places_in_words(sorted(found))}
            for at, found in zip(places, labels, strict=True)
        ],
        "flows": [[a, b, number] for (a, b), number in sums.most_common()],
        "unplaced": unplaced,
        "words": {
            "gives": _("提供"),
            "receives": _("接收"),
            "matches": _("匹配"),
            "zoomIn": _("放大"),
            "zoomOut": _("缩小"),
        },
    }


def journeys(found: dict[str, Any], most: int) -> list[dict[str, Any]]:
    """The busiest flows of a map as rows of a table."""
    names = [place["name"] for place in found["places"]]
    return [{"source": names[a], "target": names[b], "n": n} for a, b, n in found["flows"][:most]]


def _where(row: Any) -> tuple[float, float] | None:
    """Degrees, to about ten metres."""
    for place in (row, row.organisation):
        if place.longitude is not None and place.latitude is not None:
            return round(place.longitude, 4), round(place.latitude, 4)
    return None


def _places_in_words(names: list[str]) -> str:
    if len(names) <= 2:
        return _("、").join(names)
    return _("%(first)s等 %(count)s 处") % {"first": names[0], "count": len(names)}
