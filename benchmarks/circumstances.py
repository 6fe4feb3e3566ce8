"""Where, when and with what a measurement was made."""

import os
import platform
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

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
        "arguments": sys.argv[1:],
    }


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
    return _git("rev-parse", "--short", "HEAD") + _changed("src", *_measuring(subject))


def commit_measuring(subject: str) -> str:
    """Return the last commit that changed the benchmark, and whether it differs from it."""
    measuring = _measuring(subject)
    return _git("log", "-1", "--format=%h", "--", *measuring) + _changed(*measuring)


def _measuring(subject: str) -> tuple[str, ...]:
    return "benchmarks/*.py", f"benchmarks/{subject}/*.py"


def _changed(*paths: str) -> str:
    return " with changes" if _git("status", "--porcelain", "--", *paths) else ""


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
