"""The platform's own settings, and one page with nothing on it to compare with."""

from binglian.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.web.urls"
