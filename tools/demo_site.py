"""A throw-away demonstration to look at: served by the real command, with its own data."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: A busy machine with two cores takes some minutes to build the demonstration.
PATIENCE_SECONDS = 400
COMMAND = str(Path(sys.executable).parent / "binglian")
#: The password of every demonstration account, as the sign-in page itself shows it.
PASSWORD = "binglian-demo"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoSite:
    """Where a demonstration answers, and with which environment it was started."""

    url: str
    environment: dict[str, str]


def build_once(folder: Path) -> Path:
    """The data of a demonstration that nobody has touched, below ``folder``.

    Whoever of several processes asks first builds it; the others wait for it.
    """
    built = folder / "demonstration"
    with (folder / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            unfinished = Path(tempfile.mkdtemp(dir=folder))
            subprocess.run(
                [COMMAND, "demo", "--no-serve"],
                env=_environment(unfinished),
                stdout=subprocess.DEVNULL,
                check=True,
                timeout=PATIENCE_SECONDS,
            )
            unfinished.rename(built)
    return built


@contextmanager
def demo_site(built: Path | None = None, **settings: str) -> Iterator[DemoSite]:
    """Serve a fresh demonstration, or a copy of a built one; stopped and erased afterwards.

    ``settings`` are further variables of its environment.
    """
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        if built:
            shutil.copytree(built, folder, dirs_exist_ok=True)
        environment = _environment(Path(folder)) | settings
        log = Path(folder, "demo.log")
        with log.open("w") as output:
            server = subprocess.Popen(
                [COMMAND, "demo", "--port", str(port)],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                _wait_until_it_answers(f"{url}/login/", server, log)
                yield DemoSite(url, environment)
            except BaseException:
                print(log.read_text()[-4000:], file=sys.stderr)
                raise
            finally:
                server.terminate()
                server.wait(timeout=PATIENCE_SECONDS)


def _environment(data: Path) -> dict[str, str]:
    """Ours without anything of the tests."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("BINGLIAN", "DATABASE_URL"))}
    ours.pop("DJANGO_SETTINGS_MODULE", None)
    return ours | {"BINGLIAN_DATA": str(data)}


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The demonstration does not answer at {url}:\n{log.read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
