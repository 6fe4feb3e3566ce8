"""What is stored about governance, one file for each group of tables."""

from .agreements import Agreement, AgreementVersion, Clause, ClausePledge, Comment, Departure
from .decisions import Approval, Decision
from .leads import Delegation, Lead, Superior
from .rules import RuleChange
from .signatures import Signature
from .signing import ROOT, Certificate, SignedFile, SigningKey

__all__ = [
    "ROOT",
    "Agreement",
    "AgreementVersion",
    "Approval",
    "Certificate",
    "Clause",
    "ClausePledge",
    "Comment",
    "Decision",
    "Delegation",
    "Departure",
    "Lead",
    "RuleChange",
    "Signature",
    "SignedFile",
    "SigningKey",
    "Superior",
]
