"""What would stand in a production log."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from logging.config import dictConfig
from typing import Any

import pytest
from django.conf import settings

from binglian.observing.lines import logging_settings

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """The lines written so far, read back; the secrets are «hunter2-hunter2»."""
    written = io.StringIO()
    wanted = logging_settings(level="INFO", as_json=True, secrets=["hunter2-hunter2"])
    wanted["handlers"]["console"]["stream"] = written
    dictConfig(wanted)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger().handlers.clear()
    dictConfig(settings.LOGGING)
