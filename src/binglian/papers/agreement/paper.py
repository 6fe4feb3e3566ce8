"""What an agreement holds, as plain content: who, what, by when, and how each agreed to it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


class Consent(Enum):
    """How a party agreed, which decides what its place on the signature page holds."""

    ELECTRONIC = "electronic"  # a field for its signature
    ON_PAPER = "on paper"  # a note: the signed sheet is kept, here is its digest
    NONE = "none"  # it did not agree


@dataclass(frozen=True, slots=True)
class Party:
    """One organisation named in the agreement."""

    #: Credit code, or the platform's own number where there is none: letters and digits.
    code: str
    name: str
    #: What it is in the alliance, e.g. «牵头单位».
    capacity: str = ""
    consent: Consent = Consent.ELECTRONIC
    #: For ``ON_PAPER`` where the original is and the scan's digest; for ``NONE`` why not.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause; its number comes from its place."""

    title: str
    #: As it was written; each line becomes a paragraph.
    text: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment that a clause carries, for the annex."""

    clause: int
    giver: str
    title: str
    target: str = ""
    receiver: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Accession:
    """A party that joined after the others, on a sheet of its own (加入书)."""

    party: Party
    #: From which day it is bound.
    from_on: date


@dataclass(frozen=True, slots=True)
class AgreementPaper:
    """An agreement (共建协议), frozen.

    Parameters
    ----------
    dated
        When the text was frozen; it is the date of the file.
    digest
        SHA-256 of the frozen text in hexadecimal, printed at the foot of every page.
    word
        What a signature is called on this paper: «确认», or «签署» with an outside authority.
    """

    alliance: str
    title: str
    dated: datetime
    parties: tuple[Party, ...]
    clauses: tuple[Clause, ...]
    preamble: str = ""
    promises: tuple[Promise, ...] = ()
    accessions: tuple[Accession, ...] = ()
    number: str = ""
    digest: str = ""
    word: str = "确认"
    platform: str = "并联平台"
