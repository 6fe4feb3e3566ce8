"""What is wrong with the file of a backup, and where."""

from enum import StrEnum


class Fault(StrEnum):
    """``ALTERED`` bytes or ``CUT`` off; ``FOREIGN``: no backup; ``SHUT``: not for this key."""

    ALTERED = "altered"
    CUT = "cut"
    FOREIGN = "foreign"
    SHUT = "shut"


class Damaged(ValueError):
    """The file cannot be believed from byte ``offset`` on."""

    def __init__(self, fault: Fault, offset: int) -> None:
        super().__init__(f"{fault.value} at byte {offset}")
        self.fault, self.offset = fault, offset
