"""Makes .venv and installs the locked Python packages; standard library only."""

import hashlib
import importlib.util
import os
import shlex
import subprocess
import sys
from pathlib import Path

from tools.steps import PYTHON, ROOT, VENV, StepFailed, run

LOCKS = ROOT / "requirements"
STAMPS = VENV / "stamps"

# What pip calls a setting, and the variable through which uv takes it.
UV_VARIABLES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
}


def make_venv() -> str | None:
    """Make .venv with the Python that runs this script, unless it is there."""
    if (VENV / "pyvenv.cfg").exists() and PYTHON.exists():
        return "already there"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if importlib.util.find_spec("ensurepip") is None:
        raise StepFailed(
            f"Python {version} has no ensurepip, so it cannot make a virtual environment.\n"
            f"On Debian or Ubuntu run, as root: apt-get install python{version}-venv"
        )
    run([sys.executable, "-m", "venv", "--clear", VENV])
    return f"Python {version}"


def install_build_tools() -> str | None:
    """Install uv and the build tools, at their locked versions, with pip."""
    lock = LOCKS / "build.txt"
    if _is_stamped("build", lock):
        return "already there"
    _pip_install(PYTHON, "--require-hashes", "-r", str(lock))
    _stamp("build", lock)
    return None


def install_packages(wanted: str) -> str | None:
    """Install the packages of one lock, "runtime" or "dev", and Binglian itself, editable."""
    project = ROOT / "pyproject.toml"
    enough = {wanted, "dev"}  # dev holds all of runtime
    if any(_is_stamped(name, LOCKS / f"{name}.txt", project) for name in enough):
        return "already there"
    lock = LOCKS / f"{wanted}.txt"
    install(PYTHON, "--require-hashes", "-r", str(lock))
    install(PYTHON, "--no-deps", "--no-build-isolation", "-e", ".")
    _stamp(wanted, lock, project)
    return None


def install_peers() -> str | None:
    """Install, beside the developer's packages, the solvers that the benchmarks compare with."""
    lock = LOCKS / "bench.txt"
    if _is_stamped("bench", lock):
        return "already there"
    install(PYTHON, "--require-hashes", "-r", str(lock))
    _stamp("bench", lock)
    return None


def install_attackers() -> str | None:
    """wapiti and sqlmap in an environment of their own: they pin old libraries."""
    home = ROOT / "var/attack"
    if (home / "bin/wapiti").exists() and (home / "bin/sqlmap").exists():
        return "already there"
    run([VENV / "bin" / "uv", "venv", "--quiet", "--allow-existing", home])
    install(home / "bin/python", "wapiti3==3.2.3", "sqlmap==1.10.10")
    return None


def install(python: Path, *arguments: str) -> None:
    """Install into the environment of `python`: with uv, or with pip where uv finds no way."""
    uv = str(VENV / "bin" / "uv")
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    try:
        run([uv, "pip", "install", "--python", python, *quiet, *arguments], env=uv_environment())
    except StepFailed:
        print("uv could not install the packages; trying again with pip.", flush=True)
        _pip_install(python, *arguments)


def _pip_install(python: Path, *arguments: str) -> None:
    quiet = ["--disable-pip-version-check", "--quiet"]
    run([python, "-m", "pip", "install", *quiet, *arguments])


def uv_environment() -> dict[str, str]:
    """Return the user's own pip settings as variables for uv, which does not read pip.conf."""
    listed = subprocess.run(
        [PYTHON, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    ).stdout
    # Like pip, take the best version of all indexes, not the first index that has the name.
    variables = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    for line in listed.splitlines():
        key, _, quoted = line.partition("=")
        variable = UV_VARIABLES.get(key.rpartition(".")[2])
        if variable and variable not in os.environ:
            words = " ".join(shlex.split(quoted)).split()
            variables[variable] = ("," if variable == "UV_FIND_LINKS" else " ").join(words)
    return variables


def _fingerprint(*files: Path) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def _is_stamped(name: str, *files: Path) -> bool:
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == _fingerprint(*files)


def _stamp(name: str, *files: Path) -> None:
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(_fingerprint(*files))


def lock_packages() -> None:
    """Write requirements/*.txt and package-lock.json from what pyproject and package.json ask."""
    extras = ["--extra", "cluster", "--extra", "tracing"]
    asks: dict[str, list[str]] = {
        "runtime": ["pyproject.toml"],
        "dev": ["pyproject.toml", *extras, "--group", "dev", "-c", "requirements/runtime.txt"],
        "bench": ["--group", "bench", "-c", "requirements/dev.txt"],
        "build": ["--group", "build", "-c", "requirements/dev.txt"],
    }
    how = ["--upgrade", "--universal", "--python-version", "3.11", "--generate-hashes"]
    quietly = ["--no-header", "--quiet"]  # the header would repeat this command
    # A folder of wheels made for this machine would leave the other machines' hashes out.
    partial = ("UV_INDEX", "UV_FIND_LINKS")
    whole_index = {key: value for key, value in uv_environment().items() if key not in partial}
    for name, words in asks.items():
        target = ["--output-file", f"requirements/{name}.txt"]
        uv = str(VENV / "bin" / "uv")
        run([uv, "pip", "compile", *words, *how, *quietly, *target], env=whole_index)
    run(["npm", "install", "--package-lock-only"])
