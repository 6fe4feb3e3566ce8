"""Walking a chain from its first row and naming the first row that does not hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .chain import FIRST_HASH
from .faults import Fault
from .merkle import Tree
from .models import Chain, LedgerEntry
from .statements import Statement


@dataclass(frozen=True, slots=True)
class Verdict:
    """What walking one chain found; ``broken_at`` is the number of the first bad row.

    ``entries`` rows before it are sound, ``checkpoints`` statements were compared, and ``sealed``
    is how many rows the longest of them signs.
    """

    chain: str
    entries: int
    checkpoints: int
    sealed: int
    broken_at: int | None = None
    fault: Fault | None = None

    @property
    def is_sound(self) -> bool:
        return self.fault is None

    @property
    def reason(self) -> str:
        return self.fault.told(self.broken_at, self.sealed) if self.fault else ""


@dataclass(slots=True)
class _Trees:
    """Merkle trees of those checkpoints that begin at or before the row at hand."""

    statements: list[Statement]
    growing: dict[int, Tree] = field(default_factory=dict)

    def add(self, number: int, hash: str) -> Fault | None:
        """Take one row in; say what is wrong with a checkpoint that ends here, if anything."""
        if any(s.first == number for s in self.statements):
            self.growing[number] = Tree()
        for tree in self.growing.values():
            tree.add(bytes.fromhex(hash))
        ending = [s for s in self.statements if s.number == number]
        if any(self.growing[s.first].root().hex() != s.root for s in ending):
            return Fault.ROOT
        if ending:
            open_firsts = {s.first for s in self.statements if s.number > number}
            self.growing = {f: tree for f, tree in self.growing.items() if f in open_firsts}
        return None


def verify_chain(
    chain: str,
    statements: Iterable[Statement] = (),
    trusted: frozenset[str] = frozenset(),
) -> Verdict:
    """Walk one chain from its first row and name the first row that does not hold.

    ``statements`` are checkpoints known from outside; they catch what a chain alone cannot
    show: rows cut off its end together with the note of how long it was.
    ``trusted`` (hexadecimal), when not empty, are the only keys whose signatures count.
    Rows appended by others during the walk disturb nothing.
    """
    ours = sorted(
        (statement for statement in statements if statement.chain == chain),
        key=lambda statement: statement.number,
    )
    sealed = max((statement.number for statement in ours), default=0)
    verdict = Verdict(chain, 0, len(ours), sealed)
    known: dict[int, str] = {}
    for statement in ours:
        fault = _wrong_with(statement, trusted)
        if not fault and known.setdefault(statement.number, statement.hash) != statement.hash:
            fault = Fault.CONTRADICTION
        if fault:
            return replace(verdict, broken_at=statement.number, fault=fault)

    noted = Chain.objects.filter(name=chain).first()
    trees = _Trees([statement for statement in ours if statement.has_tree])
    number, previous = 0, FIRST_HASH
    for entry in LedgerEntry.objects.filter(chain=chain).order_by("number").iterator(2000):
        number += 1
        fault = _wrong_row(entry, number, previous)
        if not fault and known.get(number, entry.hash) != entry.hash:
            fault = Fault.CHECKPOINT
        if not fault and noted and noted.last_number == number and noted.last_hash != entry.hash:
            fault = Fault.END
        fault = fault or trees.add(number, entry.hash)
        if fault:
            return replace(verdict, entries=number - 1, broken_at=number, fault=fault)
        previous = entry.hash

    row, fault = number + 1, Fault.SHORTER if sealed > number else None
    if not fault:
        row, fault = wrong_end(chain, number, previous, noted)
    return replace(verdict, entries=number, broken_at=row if fault else None, fault=fault)


def _wrong_with(statement: Statement, trusted: frozenset[str]) -> Fault | None:
    if trusted and statement.public_key not in trusted:
        return Fault.KEY
    if not statement.is_genuine():
        return Fault.SIGNATURE
    if statement.has_tree and not 1 <= statement.first <= statement.number:
        return Fault.SPAN
    return None


def _wrong_row(entry: LedgerEntry, number: int, previous: str) -> Fault | None:
    if entry.number != number:
        return Fault.MISSING
    if entry.previous_hash != previous:
        return Fault.BREAK
    if entry.hash != entry.digest():
        return Fault.CONTENT
    return None


def wrong_end(
    chain: str, number: int, last_hash: str, noted: Chain | None
) -> tuple[int, Fault | None]:
    """Where and whether the chain ends too early, too late or otherwise than noted.

    ``noted`` is its end before the walk; asked again after it, since others may have written.
    """
    after = Chain.objects.filter(name=chain).first()
    end = after.last_number if after else 0
    if noted is not None and noted.last_number > number:
        return number + 1, Fault.END
    if end < number:
        return end + 1, Fault.END
    is_other = after is not None and end == number and after.last_hash != last_hash
    return number, Fault.END if is_other else None
