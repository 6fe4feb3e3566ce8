"""What a clock does for those who are told: put what happened into messages, and send them."""

from .actions import attempt_due, collect_messages


def every_minute() -> None:
    collect_messages()
    attempt_due()
