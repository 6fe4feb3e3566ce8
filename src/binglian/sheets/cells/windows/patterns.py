"""How the parts of a window are recognised: each pattern with what reads its match."""

import re
from collections.abc import Callable
from typing import Any

Reader = Callable[[re.Match[str], int | None, str], Any]
"""Match, the year of dates without one, the whole cell for error messages → one value."""

Readers = tuple[tuple[re.Pattern[str], Reader], ...]

TO = r"\s*(?:-|~|至|到|\bto\b)\s*"


def pattern(text: str) -> re.Pattern[str]:
    """Compiled, upper and lower case alike."""
    return re.compile(text, re.IGNORECASE)
