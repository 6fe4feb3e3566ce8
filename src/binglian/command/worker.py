"""``binglian worker``: does the background jobs and keeps the clock."""

import argparse
import logging
import os
import signal
import threading

from . import django_setup
from .words import gettext as _
from .words import gettext_noop

NAME = "worker"
HELP = gettext_noop("执行后台任务：耦合运算、计划运算、提醒、邮件")

logger = logging.getLogger(__name__)
MINUTE = 60.0
#: Seconds between two signs of life.
BEAT = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--interval", type=float, default=0.5, help=_("多少秒看一次任务队列"))
    # Given by `serve`: a worker whose server is gone stops too.
    parser.add_argument("--stop-with", type=int, metavar="PID", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Work until told to stop; a stop lets the job at hand finish."""
    django_setup.prepare(args.lang)
    django_setup.refuse_if_unsafe()
    django_setup.trace("binglian-worker")
    from django.core.management import call_command

    from binglian.domain.workers.identity import own_id
    from binglian.observing import jobs

    jobs.listen()
    stop, worker_id = threading.Event(), own_id()
    for work in (_keep_the_clock, _give_signs_of_life):
        threading.Thread(target=work, args=(stop, worker_id), daemon=True).start()
    if args.stop_with:
        watch = threading.Thread(target=_watch_parent, args=(args.stop_with,), daemon=True)
        watch.start()
    try:
        call_command(
            "db_worker",
            queue_name="default",
            interval=args.interval,
            reload=False,
            verbosity=0,
            worker_id=worker_id,
        )
    except SystemExit as leaving:
        return int(leaving.code or 0)
    finally:
        stop.set()
    return 0


def _give_signs_of_life(stop: threading.Event, worker_id: str) -> None:
    """And take back what others left that give none any more."""
    from django.db import close_old_connections, connection

    from binglian.domain.workers.actions import beat, take_back_jobs

    while not stop.is_set():
        close_old_connections()
        try:
            beat(worker_id)
            take_back_jobs()
        except Exception:
            logger.exception("No sign of life could be given; it is tried again")
        stop.wait(BEAT)
    connection.close()


def _keep_the_clock(stop: threading.Event, _worker_id: str) -> None:
    from django.db import close_old_connections, connection

    from binglian.domain.alliance.official_years import read_again
    from binglian.domain.checks import jobs as checks
    from binglian.domain.clients import jobs as clients
    from binglian.domain.coupling import jobs as coupling
    from binglian.domain.governance import jobs as governance
    from binglian.domain.heritage import jobs as heritage
    from binglian.domain.ledger import jobs as ledger
    from binglian.domain.matters import jobs as matters
    from binglian.domain.newsroom import jobs as newsroom
    from binglian.domain.openness import jobs as openness
    from binglian.domain.operations import jobs as operations
    from binglian.domain.projects import jobs as projects

    while not stop.is_set():
        close_old_connections()
        read_again()
        # One's bad minute is not the other's, nor the clock's; coupling comes last and sends mail.
        for subject in (
            *(ledger, governance, projects, matters, openness, checks, newsroom, heritage, clients),
            *(operations, coupling),
        ):
            try:
                subject.every_minute()
            except Exception:
                logger.exception("The minute's work failed; it is tried again next minute")
        stop.wait(MINUTE)
    connection.close()


def _watch_parent(pid: int) -> None:
    pause = threading.Event()
    while os.getppid() == pid:
        pause.wait(1)
    os.kill(os.getpid(), signal.SIGTERM)
