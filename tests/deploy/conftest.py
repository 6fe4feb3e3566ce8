"""Programs of others that judge the files of `deploy/`."""

import shutil
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


@pytest.fixture
def judge():
    """A program's path; skips, loudly, where it is not installed."""

    def find(program: str) -> str:
        found = shutil.which(program)
        if found is None:
            pytest.skip(f"NOT CHECKED: {program} is not installed; ./dev test installs it")
        return found

    return find
