"""What is stored about governance, one file for each group of tables."""

from .agenda import AgendaItem, Resolution, Topic
from .agreements import Agreement, AgreementVersion, Clause, ClausePledge, Comment, Departure
from .decisions import Approval, Decision
from .evaluation import Evaluation, EvaluationRemark, EvaluationSheet
from .leads import Delegation, Lead, Superior
from .meetings import Attendance, Meeting, MeetingRules
from .rota import DutySwap, DutyTurn, HandoverPoint
from .rules import RuleChange
from .signatures import Signature
from .signing import ROOT, Certificate, SignedFile, SigningKey

__all__ = [
    "ROOT",
    "AgendaItem",
    "Agreement",
    "AgreementVersion",
    "Approval",
    "Attendance",
    "Certificate",
    "Clause",
    "ClausePledge",
    "Comment",
    "Decision",
    "Delegation",
    "Departure",
    "DutySwap",
    "DutyTurn",
    "Evaluation",
    "EvaluationRemark",
    "EvaluationSheet",
    "HandoverPoint",
    "Lead",
    "Meeting",
    "MeetingRules",
    "Resolution",
    "RuleChange",
    "Signature",
    "SignedFile",
    "SigningKey",
    "Superior",
    "Topic",
]
