"""Files that are there whole or not at all, even when the process is killed while it writes."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_new(path: Path, content: bytes) -> bool:
    """Write a file only this user can read; ``False``, and nothing changed, if it is there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-") as made:
        made.write(content)
        made.flush()
        os.fsync(made.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(made.name, path)
            return True
    return False
