"""Every change to places, their protection table, and the rooms let in them."""

from .applications import (
    SpaceWish,
    apply_for_space,
    decline_application,
    erase_due_applications,
    read_application_contact,
    take_up_application,
    withdraw_application,
)
from .files import add_file, change_file, remove_file
from .guardians import add_guardian, end_guardian
from .places import grade_place, move_place_on, save_place
from .spaces import save_space, withdraw_space
from .tables import change_rules

__all__ = [
    "SpaceWish",
    "add_file",
    "add_guardian",
    "apply_for_space",
    "change_file",
    "change_rules",
    "decline_application",
    "end_guardian",
    "erase_due_applications",
    "grade_place",
    "move_place_on",
    "read_application_contact",
    "remove_file",
    "save_place",
    "save_space",
    "take_up_application",
    "withdraw_application",
    "withdraw_space",
]
