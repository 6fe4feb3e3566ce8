"""What is stored about governance, one file for each group of tables."""

from .decisions import Approval, Decision
from .leads import Delegation, Lead, Superior
from .rules import RuleChange

__all__ = [
    "Approval",
    "Decision",
    "Delegation",
    "Lead",
    "RuleChange",
    "Superior",
]
