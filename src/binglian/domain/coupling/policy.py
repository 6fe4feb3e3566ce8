"""Policy weights: the leads' factors on what a need counts, as plain nested dicts.

``{"kind": {"venue": 2.0}, "organisation": {"community": 1.41}, "priority": {"urgent": 4.0}}``;
what is not named counts once.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation

from .models import Need

Weights = Mapping[str, Mapping[str, float]]
#: What weights can be given to, in the order in which they are shown.
GROUPS = ("kind", "organisation", "priority")
LEAST, MOST = 0.25, 4.0


def factor(weights: Weights, *, kinds: Iterable[str], organisation: str, priority: str) -> float:
    """The factor on a need: of its heaviest kind, of its organisation's type, of its priority."""
    of_kind = weights.get("kind", {})
    return (
        max((of_kind.get(kind, 1.0) for kind in kinds), default=1.0)
        * weights.get("organisation", {}).get(organisation, 1.0)
        * weights.get("priority", {}).get(priority, 1.0)
    )


def without_ones(weights: Weights) -> dict[str, dict[str, float]]:
    """The factors that change something, in a fixed order."""
    kept = {
        group: {code: value for code, value in sorted(weights.get(group, {}).items()) if value != 1}
        for group in GROUPS
    }
    return {group: codes for group, codes in kept.items() if codes}


def labels(alliance: Alliance) -> dict[str, dict[str, Any]]:
    """What weights can be given to here: group → code → label."""
    return {
        "kind": {word.code: str(word) for word in alliance.kind_words()},
        "organisation": dict(Organisation.Kind.choices),
        "priority": dict(Need.Priority.choices),
    }


GROUP_LABELS = {
    "kind": _("需求类别"),
    "organisation": _("需求单位的类型"),
    "priority": _("优先级"),
}


def in_words(weights: Weights, alliance: Alliance) -> list[str]:
    """One line for each factor, such as 需求类别“场地” ×2."""
    known = labels(alliance)
    lines = [
        str(_("%(group)s“%(label)s” ×%(factor)s"))
        % {"group": GROUP_LABELS[group], "label": known[group].get(code, code), "factor": value}
        for group in GROUPS
        for code, value in weights.get(group, {}).items()
    ]
    return lines or [str(_("各项需求按自身权重，不另加倍数"))]


def in_comparison(
    before: Weights, after: Weights, alliance: Alliance
) -> list[tuple[str, str, str]]:
    """(what, factor before, factor after) for each factor that one of the two names."""
    known = labels(alliance)
    named = [
        (group, code)
        for group in GROUPS
        for code in dict.fromkeys([*before.get(group, {}), *after.get(group, {})])
    ]

    def factor(weights: Weights, group: str, code: str) -> str:
        return f"×{weights.get(group, {}).get(code, 1.0):g}"

    return [
        (
            str(_("%(group)s“%(label)s”"))
            % {"group": GROUP_LABELS[group], "label": known[group].get(code, code)},
            factor(before, group, code),
            factor(after, group, code),
        )
        for group, code in named
    ]
