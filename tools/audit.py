"""Known weaknesses of the packages, and keys or passwords in the repository: part of `make check`.

The databases of weaknesses are outside. Where they cannot be reached this says so loudly and fails
nothing: it is no finding, and no clean bill either; the audit workflow asks every week.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
#: Not read for secrets: hashes of packages, translations, measured results, drawings.
UNREAD = (
    r"^(requirements/|package-lock\.json$|src/binglian/locale/|benchmarks/.*results/|docs/pictures/)"
    r"|\.(csv|svg|json|geojson|png|woff2)$"
)
#: What the plugins take for passwords where people only write the word.
NOISY = ("KeywordDetector", "Base64HighEntropyString", "HexHighEntropyString")
#: Looked at by a person: examples of addresses with a password, and words that are no token.
HARMLESS = {
    ("docs/guides/operator.md", "Basic Auth Credentials"),
    ("tests/domain/clients/test_webhooks.py", "Basic Auth Credentials"),
    ("tests/observing/test_lines.py", "Basic Auth Credentials"),
    ("tests/domain/search/test_finding.py", "GitHub Token"),
    ("tests/engine/coupling/test_multiplier.py", "GitHub Token"),
}


def secrets_found() -> list[str]:
    """``file:line: kind`` of everything in the repository that looks like a key or a password."""
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    left_out = [word for plugin in NOISY for word in ("--disable-plugin", plugin)]
    scan = subprocess.run(
        [
            BIN / "detect-secrets",
            "scan",
            "--exclude-files",
            UNREAD,
            *left_out,
            *filter(None, files),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(scan.stdout)["results"]
    return [
        f"{file}:{one['line_number']}: {one['type']}"
        for file in found
        for one in found[file]
        if (file, one["type"]) not in HARMLESS
    ]


def weaknesses_found() -> list[str]:
    """Weak packages, Python's and npm's; what could not be asked is said on the way."""
    found: list[str] = []
    asked = {
        "Python packages": [
            *(sys.executable, "-m", "pip_audit", "--format", "json", "--disable-pip"),
            *("--require-hashes", "--progress-spinner", "off", "--timeout", "15"),
            *("-r", "requirements/runtime.txt"),
        ],
        "npm packages": ["npm", "audit", "--omit=dev", "--json"],
    }
    for name, command in asked.items():
        told = _json_of(command)
        weak = _python_weaknesses(told) if name == "Python packages" else _npm_weaknesses(told)
        if weak is None:
            print(f"NOT ASKED: {name}: the database of weaknesses cannot be reached from here.")
            continue
        found += [f"{name}: {one}" for one in weak]
    return found


def _json_of(command: list[str]) -> dict[str, object]:
    try:
        answer = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )
        told = json.loads(answer.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return {}
    return told if isinstance(told, dict) else {}


def _python_weaknesses(told: dict) -> list[str] | None:  # type: ignore[type-arg]
    rows = told.get("dependencies")
    # A package that was not found was not looked up: nothing is known of it.
    if not rows or any("skip_reason" in row for row in rows):
        return None
    return [f"{row['name']} {row['version']}: {v['id']}" for row in rows for v in row["vulns"]]


def _npm_weaknesses(told: dict) -> list[str] | None:  # type: ignore[type-arg]
    rows = told.get("vulnerabilities")
    return None if rows is None else [f"{name}: {row['severity']}" for name, row in rows.items()]


def main() -> int:
    found = secrets_found() + (weaknesses_found() if "--secrets" not in sys.argv else [])
    print("\n".join(found) or "Nothing found.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
