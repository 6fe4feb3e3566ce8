"""Alliances, the organisations in them, and who sits where."""

from .alliances import Alliance, Seat
from .appointments import (
    Appointment,
    AppointmentQuerySet,
    keep_seats,
    keep_seats_of,
    seats_of,
    today,
)
from .imports import ImportDraft
from .memberships import Application, Invitation, Membership
from .official_years import OfficialYear
from .organisations import Organisation

__all__ = [
    "Alliance",
    "Application",
    "Appointment",
    "AppointmentQuerySet",
    "ImportDraft",
    "Invitation",
    "Membership",
    "OfficialYear",
    "Organisation",
    "Seat",
    "keep_seats",
    "keep_seats_of",
    "seats_of",
    "today",
]
