"""What a clock does for announcements."""

from .actions import publish_due


def every_minute() -> None:
    """What has come to its time goes out."""
    publish_due()
