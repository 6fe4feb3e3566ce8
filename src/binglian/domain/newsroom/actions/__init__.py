"""What can be done with announcements."""

from .counting import count_reading
from .drafting import change_announcement, drop_changes, start_announcement, take_back
from .publishing import move_publication, publish_due, withdraw_announcement
from .reviewing import review_announcement, submit_for_review

__all__ = [
    "change_announcement",
    "count_reading",
    "drop_changes",
    "move_publication",
    "publish_due",
    "review_announcement",
    "start_announcement",
    "submit_for_review",
    "take_back",
    "withdraw_announcement",
]
