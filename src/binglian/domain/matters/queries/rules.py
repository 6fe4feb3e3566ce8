"""The terms and thresholds of an alliance."""

from __future__ import annotations

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.models import MatterRules


def matter_rules_of(alliance: Alliance) -> MatterRules:
    """The alliance's rules; the usual ones, not stored, as long as it has set none."""
    return MatterRules.objects.filter(alliance=alliance).first() or MatterRules(alliance=alliance)
