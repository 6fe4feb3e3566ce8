"""What is stored about sites under control and under everybody's eyes, one file for each group."""

from .goods import DonatedGood, Donation, HandOut
from .integrity import Contract, IntegrityPromise, PromiseSignature
from .open_days import OpenDay, SignUp
from .supervisors import Observation, SupervisorNomination

__all__ = [
    "Contract",
    "DonatedGood",
    "Donation",
    "HandOut",
    "IntegrityPromise",
    "Observation",
    "OpenDay",
    "PromiseSignature",
    "SignUp",
    "SupervisorNomination",
]
