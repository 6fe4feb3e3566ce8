"""Figures of several processes, and of those that came after one another."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.once

#: As gunicorn does it: fork, answer, exit, and a new process in the place of the old one.
_SERVER = """
import os
from binglian.observing.server_figures import Seats

seats = Seats()

def serve(requests):
    worker = object()
    seats.before_fork(None, worker)
    if (pid := os.fork()) == 0:
        seats.after_fork(None, worker)
        from binglian.observing import figures
        for _ in range(requests):
            figures.note_request(route="home", method="GET", status=200, seconds=0.02,
                                 statements=4, sql_seconds=0.001)
        os._exit(0)
    return worker, pid

def ended(worker, pid):
    os.waitpid(pid, 0)
    seats.after_exit(None, worker)

first, second = serve(1), serve(10)
ended(*first)
third = serve(100)
ended(*second), ended(*third)

folder = os.environ["PROMETHEUS_MULTIPROC_DIR"]
print(sorted(os.listdir(folder)))
from binglian.observing import figures
for line in figures.exposition([]).decode().splitlines():
    if line.startswith(("binglian_requests_total", "binglian_sql_statements_total")):
        print(line)
seats.close()
print(os.path.exists(folder))
"""


def test_all_processes_count_together_in_as_many_files_as_there_are_seats():
    told = subprocess.run([sys.executable, "-c", _SERVER], capture_output=True, text=True)

    assert (told.stderr, told.stdout.splitlines()) == (
        "",
        [
            "['counter_0.db', 'counter_1.db', 'histogram_0.db', 'histogram_1.db']",
            'binglian_requests_total{method="GET",route="home",status="200"} 111.0',
            'binglian_sql_statements_total{route="home"} 444.0',
            "False",
        ],
    )
