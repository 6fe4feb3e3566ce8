"""The wheel alone serves the demonstration: no Node, no source tree, no network."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.packages import LOCKS, install
from tools.steps import ROOT

pytestmark = pytest.mark.once

START_SECONDS = 300
#: Prints what two units of one offer are worth to a need of two.
COUPLING = """
from binglian.engine.coupling.candidates.finding import find_pairs
from binglian.engine.coupling.problem import Component, CouplingProblem, Need, Offer
from binglian.engine.coupling.solve import solve_coupling

offers = [Offer("O1", "giver", "seats", "seats", 2)]
needs = [Need("N1", "taker", "seats", (Component("seats", 2),), weight=3.0)]
result = solve_coupling(CouplingProblem(offers, needs, find_pairs(offers, needs)), seconds=10)
print(result.status, result.objective)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built where no other program is on PATH."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        env=os.environ | {"PATH": str(folder)},
        check=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def binglian(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, in an empty environment that got the wheel and its locked dependencies."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin/python"
    install(python, "--require-hashes", "-r", str(LOCKS / "runtime.txt"))
    install(python, "--no-deps", str(wheel))
    return folder / "bin/binglian"


@pytest.fixture
def elsewhere(tmp_path: Path, binglian: Path) -> dict[str, str]:
    """The environment of somebody who has only the wheel."""
    return {"HOME": str(tmp_path), "PATH": str(binglian.parent), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def demo(binglian: Path, elsewhere: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """The address of the demonstration that the wheel serves."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(
            [binglian, "demo", "--port", str(port)],
            cwd=tmp_path,
            env=elsewhere,
            stdout=log,
            stderr=log,
        ) as server,
    ):
        give_up_at = time.monotonic() + START_SECONDS
        try:
            while not _answers(address):
                log_so_far = (tmp_path / "log").read_text()
                assert server.poll() is None, log_so_far
                assert time.monotonic() < give_up_at, log_so_far
                time.sleep(0.2)
            yield address
        finally:
            server.terminate()


def _answers(address: str) -> bool:
    try:
        return _get(address)[0] == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def _get(address: str) -> tuple[int, str, str]:
    """Return status, media type and text."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.status, answer.headers.get_content_type(), answer.read().decode()


def test_the_wheel_carries_front_end_fonts_and_translations(wheel: Path) -> None:
    carried = zipfile.ZipFile(wheel).namelist()
    wanted = [
        "binglian/web/static/binglian/dist/manifest.json",
        "binglian/engine/coupling/kernel/_kernel.so",
        "binglian/papers/fonts/NotoSansSC-Regular.ttf",
        "binglian/papers/fonts/NotoSansSC-Bold.ttf",
        "binglian/papers/fonts/OFL.txt",
        "binglian/locale/en/LC_MESSAGES/django.mo",
        "binglian/web/templates/base.html",
    ]
    assert [name for name in wanted if name not in carried] == []


def test_the_installed_command_tells_its_version(
    binglian: Path, elsewhere: dict[str, str], wheel: Path
) -> None:
    told = subprocess.run([binglian, "--version"], env=elsewhere, capture_output=True, text=True)
    assert told.stdout.split()[-1:] == [wheel.name.split("-")[1]]


def test_the_wheel_fits_this_platform_and_any_python(wheel: Path) -> None:
    assert re.fullmatch(r"binglian-[^-]+-py3-none-(?!any).+\.whl", wheel.name)


def test_the_installed_wheel_solves_a_coupling(binglian: Path, elsewhere: dict[str, str]) -> None:
    solved = subprocess.run(
        [binglian.parent / "python", "-c", COUPLING],
        env=elsewhere,
        capture_output=True,
        text=True,
    )
    assert (solved.stdout, solved.stderr) == ("optimal 3.0\n", "")


def test_the_demonstration_is_served_with_its_scripts_and_styles(demo: str) -> None:
    page = _get(demo)[2]
    files = re.findall(r'(?:src|href)="/(static/[^"]+\.(?:js|css))"', page)
    assert {(status, media) for status, media, _ in map(_get, (demo + file for file in files))} == {
        (200, "text/javascript"),
        (200, "text/css"),
    }
