"""What is typed on the pages of an alliance."""

from .alliances import AllianceForm, FoundingForm, words_formset
from .members import (
    ApplicationForm,
    InvitationForm,
    MemberFilter,
    MemberForm,
    OrganisationForm,
)
from .people import (
    AccountForm,
    HandoverForm,
    JoinAccountForm,
    PlatformAccountForm,
    SeatForm,
)

__all__ = [
    "AccountForm",
    "AllianceForm",
    "ApplicationForm",
    "FoundingForm",
    "HandoverForm",
    "InvitationForm",
    "JoinAccountForm",
    "MemberFilter",
    "MemberForm",
    "OrganisationForm",
    "PlatformAccountForm",
    "SeatForm",
    "words_formset",
]
