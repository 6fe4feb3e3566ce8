"""What is stored about governance, one file for each group of tables."""

from .decisions import Approval, Decision
from .leads import Delegation, Lead, Superior
from .rules import RuleChange
from .signing import ROOT, Certificate, SignedFile, SigningKey

__all__ = [
    "ROOT",
    "Approval",
    "Certificate",
    "Decision",
    "Delegation",
    "Lead",
    "RuleChange",
    "SignedFile",
    "SigningKey",
    "Superior",
]
