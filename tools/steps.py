"""Numbered steps with their duration, so that a long command shows how far it is."""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

Step = tuple[str, Callable[[], str | None]]


class StepFailed(Exception):
    """A step could not be done; the message says why and what to do about it."""


def run_steps(steps: Sequence[Step]) -> None:
    """Run the steps in order and print each with its seconds.

    A step returns a short note to print behind its time, or None.
    """
    for number, (title, act) in enumerate(steps, start=1):
        print(f"[{number}/{len(steps)}] {title} …", flush=True)
        started = time.monotonic()
        note = act()
        seconds = time.monotonic() - started
        print(f"[{number}/{len(steps)}] {title}: {note or 'done'} ({seconds:.1f} s)", flush=True)


def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> None:
    """Run a program in the repository; its output is shown.

    Raises
    ------
    StepFailed
        The program is absent or its exit status is not 0.
    """
    words = [str(word) for word in command]
    try:
        status = subprocess.run(words, cwd=ROOT, env={**os.environ, **(env or {})}).returncode
    except FileNotFoundError as error:
        raise StepFailed(f"{words[0]} was not found. Run: make setup") from error
    if status:
        raise StepFailed(f"exit status {status}: {shlex.join(words)}")


def fail(message: str) -> int:
    """Print why a command stopped; returns the exit status 1."""
    print(f"\nbinglian: {message}", file=sys.stderr, flush=True)
    return 1
