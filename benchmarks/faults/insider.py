"""Inside the site's database: makes the small world, asks for jobs, and judges what is there.

Run as a process with the site's environment; reads one line of JSON per question from standard
input and answers with one. It has no part in what is measured: it is never killed.
"""

import json
import sys
from collections.abc import Callable
from typing import Any


def serve() -> None:
    """Answer until the questions end."""
    import django

    django.setup()
    from django.db import connection

    from . import judging, world

    answers: dict[str, Callable[..., Any]] = {
        "world": world.make,
        "ask_run": world.ask_run,
        "judge": judging.judge,
        "jobs": judging.jobs,
    }
    for line in sys.stdin:
        question = json.loads(line)
        connection.close()  # the one before may have died with its server
        try:
            answer = answers[question.pop("ask")](**question)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve()
