"""Back to a moment with PostgreSQL, drilled with a real server, base backup and archived log."""

import shutil
from pathlib import Path

import pytest

from tools.drill import go_back_between_two_writes

pytestmark = pytest.mark.once


def test_of_two_writes_only_the_one_before_the_moment_comes_back():
    if not (shutil.which("initdb") or Path("/usr/lib/postgresql").exists()):
        pytest.skip("NOT CHECKED: PostgreSQL is not installed; ./dev test installs it")

    before, after = go_back_between_two_writes()

    assert (before.split(), after.split()) == (["first", "second"], ["first"])
