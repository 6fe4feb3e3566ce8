"""The one error that means «not now»: the facts forbid the act, although the person may do it."""

from typing import Any


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
