"""What the reverse proxy lets through: a real Caddy in front of a program that repeats."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from .conftest import DEPLOY

pytestmark = pytest.mark.once

LIMIT = 64 * 1000 * 1000


class _Repeats(BaseHTTPRequestHandler):
    """Answers with the headers it was given and how much it could read."""

    def do_POST(self) -> None:
        try:
            got = len(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        except OSError:
            got = -1
        told = json.dumps({**dict(self.headers), "got": got}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """The port of a proxy without HTTPS, for tests alone."""
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("NOT CHECKED: caddy is not installed; ./dev test installs it")
    behind = ThreadingHTTPServer(("127.0.0.1", 0), _Repeats)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = str(tmp_path_factory.mktemp("caddy"))
    names = {
        "BINGLIAN_SITE": f"http://127.0.0.1:{port}",
        "BINGLIAN_UPSTREAM": f"127.0.0.1:{behind.server_port}",
        "HOME": home,
        "XDG_DATA_HOME": home,
        "XDG_CONFIG_HOME": home,
    }
    command = [caddy, "run", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    with subprocess.Popen(command, env=os.environ | names, stderr=subprocess.DEVNULL) as running:
        end = time.monotonic() + 30
        while time.monotonic() < end:  # another process is awaited; there is nothing to join
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port
        running.terminate()
    behind.shutdown()
    behind.server_close()


def ask(port, path, method="GET", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(connection):
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        return answer, answer.read()


def test_readers_reach_the_platform_under_a_name_the_proxy_gives(proxy):
    answer, body = ask(
        proxy, "/", X_Request_Id="made-by-a-client", X_Forwarded_For="8.8.8.8", traceparent="00-1"
    )
    told = json.loads(body)

    assert (answer.status, len(told["X-Request-Id"])) == (200, 36)
    assert told["X-Forwarded-For"] == "127.0.0.1"
    assert "Traceparent" not in told
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert answer.headers["Server"] is None


@pytest.mark.parametrize("path", ["/metrics", "/ready/", "/health/"])
def test_what_is_the_operators_is_not_shown_outside(proxy, path):
    assert ask(proxy, path)[0].status == 404


def test_a_body_beyond_the_limit_does_not_get_through(proxy):
    whole = bytes(1_000_000)

    assert json.loads(ask(proxy, "/", "POST", whole)[1])["got"] == 1_000_000
    try:
        answer, _ = ask(proxy, "/", "POST", bytes(LIMIT + 1_000_000))
    except ConnectionError:  # turned away before all was sent
        return
    assert answer.status in (413, 502)
