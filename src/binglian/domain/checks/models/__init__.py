"""What is stored about sites under control and under everybody's eyes, one file for each group."""

from .checklists import Checklist, ChecklistItem, Family
from .findings import Finding, FindingPhoto, FindingStep, StopOrder
from .goods import DonatedGood, Donation, HandOut
from .inspections import Draw, Inspection, Verdict
from .integrity import Contract, IntegrityPromise, PromiseSignature
from .open_days import OpenDay, SignUp
from .sites import Accident, SitePlan, SiteUnit, Team, TeamDay
from .supervisors import Observation, SupervisorNomination

__all__ = [
    "Accident",
    "Checklist",
    "ChecklistItem",
    "Contract",
    "DonatedGood",
    "Donation",
    "Draw",
    "Family",
    "Finding",
    "FindingPhoto",
    "FindingStep",
    "HandOut",
    "Inspection",
    "IntegrityPromise",
    "Observation",
    "OpenDay",
    "PromiseSignature",
    "SignUp",
    "SitePlan",
    "SiteUnit",
    "StopOrder",
    "SupervisorNomination",
    "Team",
    "TeamDay",
    "Verdict",
]
