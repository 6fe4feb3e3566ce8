"""Every change to alliances, members and seats."""

from .alliances import change_alliance, found_alliance
from .applications import receive_application, refuse_application, take_up_application
from .imports import (
    carry_out_members,
    discard_draft,
    discard_old_drafts,
    keep_draft,
    map_columns,
    settle_draft,
)
from .invitations import (
    accept_invitation,
    invite,
    open_account_by_invitation,
    open_invitation,
)
from .memberships import (
    admit_members,
    change_membership,
    propose_member,
    refuse_members,
    withdraw_member,
)
from .official_years import import_official_year
from .organisations import change_organisation, enter_organisation
from .seats import (
    appoint,
    end_appointment,
    hand_over,
    open_account,
    open_platform_account,
)
from .sign_ins import end_all_sign_ins, end_sign_ins, remove_second_factor
from .steps import INVITATION_DAYS

__all__ = [
    "INVITATION_DAYS",
    "accept_invitation",
    "admit_members",
    "appoint",
    "carry_out_members",
    "change_alliance",
    "change_membership",
    "change_organisation",
    "discard_draft",
    "discard_old_drafts",
    "end_all_sign_ins",
    "end_appointment",
    "end_sign_ins",
    "enter_organisation",
    "found_alliance",
    "hand_over",
    "import_official_year",
    "invite",
    "keep_draft",
    "map_columns",
    "open_account",
    "open_account_by_invitation",
    "open_invitation",
    "open_platform_account",
    "propose_member",
    "receive_application",
    "refuse_application",
    "refuse_members",
    "remove_second_factor",
    "settle_draft",
    "take_up_application",
    "withdraw_member",
]
