"""The catalogue of approval items the product brings along; every alliance adapts its own copy.

Periods are a plausible composite of published ones, not one city's rules: check them before use.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent / "items.json"


@cache
def shipped_items() -> tuple[dict[str, Any], ...]:
    """Facts of each item; ``after`` lists what it waits for."""
    return tuple(json.loads(_FILE.read_text(encoding="utf-8")))
