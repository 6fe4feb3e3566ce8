"""``binglian serve``: the web server, with its worker where one machine is enough."""

import argparse
import gc
import os
import subprocess
import sys
import threading
from typing import Any

from . import django_setup, ports
from .words import gettext as _
from .words import gettext_noop

NAME = "serve"
HELP = gettext_noop("提供网页服务")

#: Seconds a worker gets to finish when the server stops; then it is ended.
GRACE = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_address(parser)
    parser.add_argument("--workers", type=int, default=2, help=_("进程数（默认 2）"))
    parser.add_argument("--threads", type=int, default=4, help=_("每个进程的线程数（默认 4）"))
    parser.add_argument(
        "--with-worker", action=argparse.BooleanOptionalAction,
        help=_("同时执行后台任务（用 SQLite 时默认如此）"),
    )  # fmt: skip


def add_address(parser: argparse.ArgumentParser) -> None:
    """``--host`` and ``--port``."""
    parser.add_argument("--host", default="127.0.0.1", help=_("监听地址（默认 127.0.0.1）"))
    parser.add_argument("--port", type=int, default=8000, help=_("端口（默认 8000）"))


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    ports.require_free(args.host, args.port)
    django_setup.prepare(args.lang)
    django_setup.refuse_if_unsafe()
    from django.conf import settings

    is_embedded = "sqlite" in settings.DATABASES["default"]["ENGINE"]
    with_worker = is_embedded if args.with_worker is None else args.with_worker
    print(_("打开 http://%(host)s:%(port)s/ （Ctrl+C 停止）") % vars(args), flush=True)
    serve(args.host, args.port, args.workers, args.threads, with_worker=with_worker)
    return 0


def serve(host: str, port: int, workers: int, threads: int, *, with_worker: bool) -> None:
    """Run gunicorn in this process; it returns, or exits, when it was told to stop."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from gunicorn.app.base import BaseApplication
    from gunicorn.glogging import Logger

    from binglian.observing.server_figures import Seats

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    companion = _Companion() if with_worker else None
    seats = Seats() if settings.METRICS_TOKEN else None

    class OurLines(Logger):
        """The server's own words go where ours go, in the same form."""

        def setup(self, cfg: Any) -> None:
            super().setup(cfg)
            self.error_log.handlers.clear()
            self.error_log.propagate = True

    class Server(BaseApplication):
        def load_config(self) -> None:
            chosen: dict[str, Any] = {
                "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
                "worker_class": "gthread",
                "workers": workers,
                "threads": threads,
                "timeout": 60,
                "graceful_timeout": 10,
                "max_requests": 5000,
                "max_requests_jitter": 500,
                "loglevel": "warning",
                "logger_class": OurLines,
                "control_socket_disable": True,
            }
            if companion:
                chosen |= {"when_ready": companion.start, "on_exit": companion.stop}
            if seats:
                chosen |= {
                    "pre_fork": seats.before_fork,
                    "post_fork": seats.after_fork,
                    "child_exit": seats.after_exit,
                }
            for name, value in chosen.items():
                if name in self.cfg.settings:  # older gunicorns have no control socket
                    self.cfg.set(name, value)

        def load(self) -> Any:
            django_setup.trace("binglian-web")
            return get_wsgi_application()

    _load_for_all()
    try:
        Server().run()
    finally:
        if seats:
            seats.close()


def _load_for_all() -> None:
    """Load every page before the processes part, so that they share the memory it takes.

    What is frozen the collector never looks at again: looking alone would make copies of it.
    """
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018
    gc.collect()
    gc.freeze()


class _Companion:
    """The worker as a child of the server: starts and stops with it, replaced if it dies."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = threading.Event()

    def start(self, _server: Any) -> None:
        threading.Thread(target=self._keep_alive, daemon=True).start()

    def stop(self, _server: Any) -> None:
        self._is_over.set()
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(GRACE)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def _keep_alive(self) -> None:
        while not self._is_over.is_set():
            if self._process is None or self._process.poll() is not None:
                self._process = self._spawn()
            self._is_over.wait(2)

    def _spawn(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "binglian.command.main", "worker"]
        return subprocess.Popen([*command, "--stop-with", str(os.getpid())])  # noqa: S603
