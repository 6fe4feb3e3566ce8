"""Every change to what is remembered about sites under control."""

from .donations import (
    GoodFacts,
    cancel_donation,
    enter_donation,
    find_donor,
    publish_donation,
)
from .handing_out import confirm_hand_out, hand_out, take_back
from .integrity import decline_promise, enter_contract, open_promise, sign_promise
from .open_days import announce_open_day, cancel_open_day, change_open_day, record_open_day
from .signing_up import erase_due_sign_ups, read_sign_up_contacts, sign_up, withdraw_sign_up
from .supervisors import (
    answer_observation,
    appoint_supervisor,
    decline_nomination,
    file_observation,
    nominate_supervisor,
)
from .telling_visitors import tell_visitors

__all__ = [
    "GoodFacts",
    "announce_open_day",
    "answer_observation",
    "appoint_supervisor",
    "cancel_donation",
    "cancel_open_day",
    "change_open_day",
    "confirm_hand_out",
    "decline_nomination",
    "decline_promise",
    "enter_contract",
    "enter_donation",
    "erase_due_sign_ups",
    "file_observation",
    "find_donor",
    "hand_out",
    "nominate_supervisor",
    "open_promise",
    "publish_donation",
    "read_sign_up_contacts",
    "record_open_day",
    "sign_promise",
    "sign_up",
    "take_back",
    "tell_visitors",
    "withdraw_sign_up",
]
