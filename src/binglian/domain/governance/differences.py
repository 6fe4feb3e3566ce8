"""What differs between two texts, word by word; for Chinese, character by character."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A Latin word or a number stays whole; of Chinese every character stands alone.
_PIECES = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: ``kind`` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause before and after; ``None`` where it did not exist."""

    heading: str
    before: int | None
    after: int | None
    pieces: list[Piece]

    @property
    def text_before(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind != "added")

    @property
    def text_after(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind != "removed")

    @property
    def kind(self) -> str:
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if any(piece.kind != "same" for piece in self.pieces) else "same"


@dataclass(frozen=True, slots=True)
class NumberedText:
    """A clause as it is compared: its number, its heading, its whole text."""

    number: int
    heading: str
    text: str


def word_differences(before: str, after: str) -> list[Piece]:
    """The two texts as one, with what went and what came; nothing is lost of either."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    pieces = []
    for kind, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        if i < j:
            pieces.append(Piece("removed", "".join(old[i:j])))
        if m < n:
            pieces.append(Piece("added", "".join(new[m:n])))
    return pieces


def clause_differences(before: list[NumberedText], after: list[NumberedText]) -> list[ClauseChange]:
    """Every clause of either text, in the order of the later one; same heading, same clause."""
    matcher = SequenceMatcher(
        None, [one.heading for one in before], [one.heading for one in after], autojunk=False
    )
    changes = []
    for kind, i, j, m, n in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and j - i == n - m):  # or renamed in place
            pairs = zip(before[i:j], after[m:n], strict=True)
            changes += [_changed(old, new) for old, new in pairs]
        else:
            changes += [_changed(old, None) for old in before[i:j]]
            changes += [_changed(None, new) for new in after[m:n]]
    return changes


def _changed(old: NumberedText | None, new: NumberedText | None) -> ClauseChange:
    return ClauseChange(
        heading=new.heading if new else old.heading if old else "",
        before=old.number if old else None,
        after=new.number if new else None,
        pieces=word_differences(_whole(old), _whole(new)),
    )


def _whole(one: NumberedText | None) -> str:
    return f"{one.heading}\n{one.text}" if one else ""
