"""The one error that means «not now»: the facts forbid the act, although the person may do it."""

from typing import Any, TypeVar

Found = TypeVar("Found")


class ActionRefused(Exception):
    """The facts forbid this act; the message says why in a sentence for the person acting."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


def refuse_unless(condition: object, message: Any) -> None:
    """Raise ``ActionRefused`` with ``message`` unless ``condition`` holds."""
    if not condition:
        raise ActionRefused(message)


def found_or_refused(value: Found | None, message: Any) -> Found:
    """Return ``value``; raise ``ActionRefused`` with ``message`` when there is none."""
    refuse_unless(value is not None, message)
    assert value is not None  # noqa: S101 - tells the type checker what the line above ensures
    return value
