"""What is written about the work: log lines."""

from binglian.config.settings import environment
from binglian.config.settings.environment import MODE, PRODUCTION
from binglian.config.settings.storage import DATABASES
from binglian.observing.lines import logging_settings

_LEVELS = ("INFO", "DEBUG", "WARNING", "ERROR", "CRITICAL")
# Where people look at the terminal, a line for each request would hide what matters.
_QUIET = ("WARNING", *_LEVELS)
_database_password = str(DATABASES["default"].get("PASSWORD", ""))

LOGGING = logging_settings(
    level=environment.one_of("BINGLIAN_LOG", _QUIET if MODE in ("demo", "test") else _LEVELS),
    as_json=PRODUCTION,
    secrets=[*environment.SECRETS, _database_password],
)
