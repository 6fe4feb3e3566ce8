"""What can be done with announcements."""

from .counting import count_reading
from .drafting import change_announcement, drop_changes, start_announcement, take_back
from .importing import (
    ImportOutcome,
    ProposedMember,
    confirm_import,
    discard_import,
    discard_old_imports,
    keep_import,
)
from .moving_back import move_announcement_back
from .publishing import move_publication, publish_due, withdraw_announcement
from .reviewing import review_announcement, submit_for_review

__all__ = [
    "ImportOutcome",
    "ProposedMember",
    "change_announcement",
    "confirm_import",
    "count_reading",
    "discard_import",
    "discard_old_imports",
    "drop_changes",
    "keep_import",
    "move_announcement_back",
    "move_publication",
    "publish_due",
    "review_announcement",
    "start_announcement",
    "submit_for_review",
    "take_back",
    "withdraw_announcement",
]
