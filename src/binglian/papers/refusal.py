"""Why a paper cannot be made or does not hold, in words that whoever shows them can translate."""

from collections.abc import Callable
from typing import Any


class Said(str):
    """A sentence in Chinese that keeps its pattern and facts, so that it can be said otherwise."""

    pattern: str
    facts: dict[str, Any]

    def __new__(cls, pattern: str, **facts: Any) -> "Said":
        said = super().__new__(cls, pattern % facts if facts else pattern)
        said.pattern, said.facts = pattern, facts
        return said

    def through(self, gettext: Callable[[str], str]) -> str:
        """The sentence in the language of ``gettext``."""
        pattern = gettext(self.pattern)
        return pattern % self.facts if self.facts else pattern


class PaperRefused(ValueError):
    """Something asked of a paper cannot be done; the message names the place and the remedy."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said
