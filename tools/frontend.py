"""Installs the locked npm packages and builds the front end when its sources changed."""

import hashlib
import shutil
from pathlib import Path

from tools.steps import ROOT, VENV, StepFailed, run

MANIFEST = ROOT / "src/binglian/web/static/binglian/dist/manifest.json"
PACKAGES_STAMP = ROOT / "node_modules/.installed"
BUILD_STAMP = VENV / "stamps/frontend"


def build_frontend() -> str | None:
    """Build the pages' scripts and styles; Node is needed only when something changed."""
    packages = _fingerprint(ROOT / "package-lock.json", ROOT / "package.json")
    sources = _fingerprint(
        ROOT / "package-lock.json", ROOT / "package.json", *_files_under(ROOT / "frontend")
    )
    installed, built = _holds(PACKAGES_STAMP, packages), _holds(BUILD_STAMP, sources)
    if installed and built and MANIFEST.exists():
        return "already built"
    if shutil.which("npm") is None:
        if MANIFEST.exists():
            return "kept as it is, because npm is not installed"
        raise StepFailed(
            "npm was not found, and the front end is not built yet.\n"
            "Install Node 20.19 or newer, with npm: https://nodejs.org/"
        )
    if not installed:
        run(["npm", "ci", "--no-progress"])
        PACKAGES_STAMP.write_text(packages)
    if not built or not MANIFEST.exists():
        run(["npm", "run", "--silent", "build", "--", "--logLevel", "warn"])
        BUILD_STAMP.parent.mkdir(parents=True, exist_ok=True)
        BUILD_STAMP.write_text(sources)
    return None


def _files_under(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _fingerprint(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _holds(stamp: Path, fingerprint: str) -> bool:
    return stamp.exists() and stamp.read_text() == fingerprint
