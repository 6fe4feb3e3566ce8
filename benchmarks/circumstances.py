"""Where, when and with what a measurement was made."""

import hashlib
import os
import platform
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from .processes import ROOT, Report


def circumstances(packages: Iterable[str], subject: str) -> Report:
    """Return date, machine, versions and commit; ``subject`` is a folder of ``benchmarks``."""
    return {
        "measured_on": datetime.now(UTC).date().isoformat(),
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
            "system": platform.system(),
        },
        "versions": {
            "Python": platform.python_version(),
            **{name: version(name) for name in packages},
        },
        "commit": commit_measured(subject),
        "arguments": [told_elsewhere(word) for word in sys.argv[1:]],
    }


def told_elsewhere(argument: str) -> str:
    """Return an argument as others can read it: a folder or server of this machine by its kind."""
    if "://" in argument:
        return f"{urlsplit(argument).scheme}://…"
    path = Path(argument)
    return f"…/{path.name}" if path.is_absolute() else argument


def said_shortly(report: Report) -> str:
    """Return the circumstances as one sentence."""
    machine, versions = report["machine"], report["versions"]
    said = ", ".join(f"{name} {number}" for name, number in versions.items())
    return (
        f"Measured on {report['measured_on']}: {machine['processor']}, {machine['cores']} cores,"
        f" {machine['memory_gb']} GB; {report['threads']} threads per method; {said};"
        f" commit {report['commit']}."
    )


def commit_measured(subject: str) -> str:
    """Return the commit, and whether engine or benchmark differ from it."""

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    measuring = ("benchmarks/*.py", f"benchmarks/{subject}/*.py")
    changed = git("status", "--porcelain", "--", "src", *measuring)
    return git("rev-parse", "--short", "HEAD") + (" with changes" if changed else "")


def fingerprint(*patterns: str) -> str:
    """Return what stands for the content of all files of these patterns, from the root."""
    found = hashlib.sha256()
    for file in sorted({file for pattern in patterns for file in ROOT.glob(pattern)}):
        found.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:12]


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
