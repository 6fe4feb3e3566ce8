"""What is stored about governance, one file for each group of tables."""

from .decisions import Approval, Decision, Lead

__all__ = [
    "Approval",
    "Decision",
    "Lead",
]
