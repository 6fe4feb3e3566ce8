"""Finds a program that a developer or the tests need; as root on Debian, installs it."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.steps import StepFailed, run


def find_chromium() -> Path:
    """Return the browser for the tests, and see to it that Chinese text has a font.

    Raises
    ------
    StepFailed
        It is absent and cannot be installed here; the message tells the remedy.
    """
    if _chromium() is None or not _has_chinese_font():
        _install("chromium", "fonts-noto-cjk", "fontconfig")
    browser = _chromium()
    if browser is None:
        raise StepFailed("Chromium was installed, but no such program is on PATH.")
    return browser


def find_postgres() -> Path:
    """Return the folder with PostgreSQL's programs.

    Raises
    ------
    StepFailed
        It is absent and cannot be installed here; the message tells the remedy.
    """
    if _postgres() is None:
        _install("postgresql")
    programs = _postgres()
    if programs is None:
        raise StepFailed("PostgreSQL was installed, but initdb was not found.")
    return programs


def find_java() -> Path:
    """Return the Java program: MPXJ, which reads our MS Project files in a test, runs on it.

    Raises
    ------
    StepFailed
        It is absent and cannot be installed here; the message tells the remedy.
    """
    if shutil.which("java") is None:
        _install("default-jre-headless")
    java = shutil.which("java")
    if java is None:
        raise StepFailed("Java was installed, but there is no java on PATH.")
    return Path(java)


def find_pdfsig() -> Path:
    """Return poppler's pdfsig: another program than ours judges our signatures in the tests.

    Raises
    ------
    StepFailed
        It or NSS's certutil is absent and cannot be installed here; the message tells the remedy.
    """
    if shutil.which("pdfsig") is None or shutil.which("certutil") is None:
        _install("poppler-utils", "libnss3-tools", "openssl")
    pdfsig = shutil.which("pdfsig")
    if pdfsig is None:
        raise StepFailed("poppler-utils was installed, but there is no pdfsig on PATH.")
    return Path(pdfsig)


def find_deployment_tools() -> None:
    """See to the programs that judge the files of `deploy/` in the tests.

    Raises
    ------
    StepFailed
        One is absent and cannot be installed here; the message tells the remedy.
    """
    judges = {"systemd-analyze": "systemd", "caddy": "caddy", "docker-compose": "docker-compose"}
    absent = [package for program, package in judges.items() if shutil.which(program) is None]
    if absent:
        _install(*absent)


def find_compiler() -> str:
    """Return the C compiler, in words for a shell: `$CC`, else cc.

    Raises
    ------
    StepFailed
        It is absent and cannot be installed here; the message tells the remedy.
    """
    if wanted := os.environ.get("CC"):
        return wanted
    # On Debian a compiler may come without the headers of the C library.
    bare = Path("/etc/debian_version").exists() and not Path("/usr/include/stdlib.h").exists()
    if shutil.which("cc") is None or bare:
        _install("gcc", "libc6-dev", purpose="the coupling engine")
    if shutil.which("cc") is None:
        raise StepFailed("gcc was installed, but there is no cc on PATH.")
    return "cc"


def _chromium() -> Path | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((Path(found) for name in names if (found := shutil.which(name))), None)


def _has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True)
    return bool(listed.stdout.strip())


def _postgres() -> Path | None:
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name),
        reverse=True,
    )
    if on_path := shutil.which("initdb"):
        folders.insert(0, Path(on_path).resolve().parent)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


def _install(*packages: str, purpose: str = "the tests") -> None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise StepFailed(
            f"Needed for {purpose}: {' and '.join(packages)}.\n"
            f"On Debian or Ubuntu run, as root: apt-get install {' '.join(packages)}"
        )
    print(f"Installing {', '.join(packages)} with apt-get.", flush=True)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=quiet)
    run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages], env=quiet)
