"""The product's settings in test mode; SQLite unless DATABASE_URL says otherwise."""

import os
from pathlib import Path

os.environ["BINGLIAN_MODE"] = "test"
os.environ.setdefault("BINGLIAN_DATA", str(Path(__file__).resolve().parent.parent / "var/test"))
# WhiteNoise warns, and warnings are errors, when the folder of collected files is missing.
(Path(os.environ["BINGLIAN_DATA"]) / "static").mkdir(parents=True, exist_ok=True)

from binglian.config.settings import *  # noqa: E402, F403

# No request of a test asks for another year in between.
CALENDAR_REFRESH_SECONDS = 0

# Hundreds of requests come from one address in seconds; the claims about limits set their own.
API_PER_MINUTE = 100_000
