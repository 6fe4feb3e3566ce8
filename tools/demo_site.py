"""A throw-away demonstration to look at: served by the real command, with its own data."""

import os
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
#: The password of every demonstration account, as the sign-in page itself shows it.
PASSWORD = "binglian-demo"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoSite:
    """Where a demonstration answers, and with which environment it was started."""

    url: str
    environment: dict[str, str]


@contextmanager
def demo_site() -> Iterator[DemoSite]:
    """Serve a fresh demonstration; stopped and erased afterwards."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("BINGLIAN", "DATABASE_URL"))}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    command = [str(Path(sys.executable).parent / "binglian"), "demo", "--port", str(port)]
    with tempfile.TemporaryDirectory() as folder:
        environment = clean | {"BINGLIAN_DATA": folder}
        log = Path(folder, "demo.log")
        with log.open("w") as output:
            server = subprocess.Popen(
                command,
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
                server.wait(timeout=30)


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
