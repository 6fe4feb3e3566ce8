"""What was found out after a run: what would help most, and what pooling brings."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.coupling.models import CouplingRun, in_language


def wishes_in_words(run: CouplingRun) -> list[str]:
    """One sentence for each offer that would help most, in the reader's language."""
    return [in_language(wish["zh"], wish["en"]) for wish in run.wishes]


@dataclass(frozen=True, slots=True)
class Share:
    """What one member reaches alone and brings to the whole, in points."""

    organisation: Organisation
    alone: float
    contribution: float
    #: Standard error; ``None`` where nothing was sampled.
    error: float | None


def multiplier_of(run: CouplingRun) -> dict[str, Any] | None:
    """The figures of the multiplier effect for its panel; members in the order of their names."""
    found = run.multiplier
    if not found:
        return None
    organisations = Organisation.objects.in_bulk([m["organisation"] for m in found["members"]])
    shares = [
        Share(
            organisations[member["organisation"]],
            member["alone"],
            member["contribution"],
            member["error"] or None,
        )
        for member in found["members"]
        if member["organisation"] in organisations
    ]
    return {
        "together": found["together"],
        "alone": found["alone"],
        "surplus": found["together"] - found["alone"],
        "factor": found["together"] / found["alone"] if found["alone"] else None,
        "how": _HOW[found["attribution"]](found),
        "shares": sorted(shares, key=lambda share: share.organisation.name),
    }


def figures_of(run: CouplingRun) -> dict[str, Any]:
    """Reuse and leverage of the run's matches; ``None`` where there is nothing to divide by."""
    figures = run.figures
    by_leads = figures.get("by_leads")
    return {
        "reuse": figures.get("reuse"),
        "leverage": figures["by_others"] / by_leads if by_leads else None,
    }


_HOW = {
    "exact": lambda _found: _("按所有组合精确计算。"),
    "sampled": lambda found: (
        _("按 %(orders)s 种随机的加入顺序平均；± 后是标准误。") % {"orders": found["orders"]}
    ),
    "prices": lambda _found: _("按资源的价格估计，没有误差范围。"),
}
