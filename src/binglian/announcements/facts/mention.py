"""One name of an organisation in a text."""

from dataclasses import dataclass


@dataclass(slots=True)
class Mention:
    """A name at ``start``–``end`` of a paragraph; ``segment`` is its piece of the sentence."""

    name: str
    kind: str
    head: str
    start: int
    end: int
    sentence: int
    segment: int
    is_exact: bool  # it fills its piece from the left
    is_listed: bool = False  # it stands among at least three names
    said: str = ""  # as it stands there, where a name before it tells the rest
