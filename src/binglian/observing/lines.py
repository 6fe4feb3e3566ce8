"""How a log line looks: one JSON object in production, a readable line elsewhere.

Every line carries what is bound to the work at hand (see `origins`): the request, the user by
number, the job. What looks private is taken out of all of it.
"""

import re
from collections.abc import Callable, Iterable, MutableMapping
from typing import Any

import structlog

from .scrubbing import GONE, scrubber

#: What a caller may add by ``extra=``; anything else, such as Django's request, stays out.
FIELDS = ("route", "method", "status", "ms", "sql", "sql_ms", "outcome", "job", "job_id", "duty")

_ADDRESS = re.compile(r"(?<!\S)/\S+")

Line = MutableMapping[str, Any]


def logging_settings(*, level: str, as_json: bool, secrets: Iterable[str]) -> dict[str, Any]:
    """Settings for ``logging.config.dictConfig``.

    ``level`` is ours; other packages speak from ``WARNING`` on.
    """
    others = level if level in ("ERROR", "CRITICAL") else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": lambda: _formatter(as_json, secrets)}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": others},
        "loggers": {
            "binglian": {"level": level},
            # The access line has told of answers 4xx; addresses that scanners make up are nothing.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # Our own lines tell of jobs.
            "django_tasks": {"level": "CRITICAL"},
        },
    }


def _formatter(as_json: bool, secrets: Iterable[str]) -> structlog.stdlib.ProcessorFormatter:
    scrub = scrubber(secrets)
    render: list[Any]
    if as_json:
        render = [structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        # No locals in a traceback: they hold what people wrote.
        plain = structlog.dev.plain_traceback
        render = [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=FIELDS),
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _without_address,
            structlog.processors.format_exc_info,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _scrubbed(scrub),
            *render,
        ],
    )


def _without_address(_logger: Any, _method: str, line: Line) -> Line:
    """Django and gunicorn name the address of a request; it may hold a secret link."""
    if line["_record"].name.startswith("gunicorn"):
        line["event"] = _ADDRESS.sub(GONE, str(line["event"]))
    request = getattr(line["_record"], "request", None)
    if request is not None:
        match = getattr(request, "resolver_match", None)
        what = str(line["event"]).split(": ")[0]
        line["event"] = f"{what}: {match.view_name if match else 'no route'}"
    return line


def _scrubbed(scrub: Callable[[str], str]) -> Callable[[Any, str, Line], Line]:
    def clean(_logger: Any, _method: str, line: Line) -> Line:
        for name, value in line.items():
            if isinstance(value, str) and name not in ("at", "request_id", "job_id"):
                line[name] = scrub(value)
        return line

    return clean
