"""What is told about the work: log lines, figures for a monitor, traces."""

from importlib.util import find_spec

from binglian.config.settings import environment
from binglian.config.settings.environment import MODE, PRODUCTION
from binglian.config.settings.storage import DATABASES
from binglian.observing.lines import logging_settings

#: What a monitor shows to read the figures of /metrics; without one there are none.
METRICS_TOKEN = environment.secret("BINGLIAN_METRICS_TOKEN")
if 0 < len(METRICS_TOKEN) < 16:
    environment.wrong("BINGLIAN_METRICS_TOKEN is shorter than 16 characters.")

#: Where traces are sent (OTLP over HTTP), e.g. http://collector:4318/v1/traces; none by default.
TRACES_URL = environment.text("BINGLIAN_TRACES_URL")
#: How many of a hundred requests are traced.
TRACES_PERCENT = environment.number("BINGLIAN_TRACES_PERCENT", 100)
if TRACES_URL and find_spec("opentelemetry") is None:
    environment.wrong(
        "BINGLIAN_TRACES_URL is set, but OpenTelemetry is not installed: "
        "run pip install 'binglian[tracing]', or take the variable away."
    )

_LEVELS = ("INFO", "DEBUG", "WARNING", "ERROR", "CRITICAL")
# Where people look at the terminal, a line for each request would hide what matters.
_QUIET = ("WARNING", *_LEVELS)
_database_password = str(DATABASES["default"].get("PASSWORD", ""))

LOGGING = logging_settings(
    level=environment.one_of("BINGLIAN_LOG", _QUIET if MODE in ("demo", "test") else _LEVELS),
    as_json=PRODUCTION,
    secrets=[*environment.SECRETS, _database_password],
)
