"""Letters: mail that says more than its notice in the inbox."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """Plain text in the reader's language, and an iCalendar file (RFC 5545) to go with it."""

    body: str
    calendar: str = ""
