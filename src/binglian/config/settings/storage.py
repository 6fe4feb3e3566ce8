"""Where things are kept: database, cache, jobs, files."""

from typing import Any

import dj_database_url

from binglian.config.settings import environment
from binglian.config.settings.environment import DATA, MODE, PACKAGE

# SQLite as it comes, PostgreSQL by DATABASE_URL.
DATABASE_URL = environment.text("DATABASE_URL")
OUR_FILE = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA / "binglian.sqlite3")}
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(DATABASE_URL) if DATABASE_URL else OUR_FILE
}
if "sqlite3" in DATABASES["default"]["ENGINE"]:  # in whatever file
    DATABASES["default"]["OPTIONS"] = {
        # A read-then-write transaction must take its lock at once, or it fails half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,  # seconds; SQLite's queue for the write lock is not fair
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            "PRAGMA mmap_size=67108864;PRAGMA cache_size=-16384;"
            "PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864"
        ),
    } | DATABASES["default"].get("OPTIONS", {})
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = None
if MODE == "test" and "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A real file: threads of one test share it as processes do in production.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    },
    # What each process may count for itself, such as reads of the interfaces.
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

TASKS = {"default": {"BACKEND": "binglian.observing.jobs.Backend", "QUEUES": ["default"]}}

#: Public keys (64 hexadecimal digits, comma separated) whose holders can read the backups; the
#: server itself cannot.
BACKUP_READERS = environment.names("BINGLIAN_BACKUP_READERS")

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web/static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/dist/assets/.+[-.][\w-]{8,}\.\w+$"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "static_url_prefix": "binglian/dist",
        "manifest_path": PACKAGE / "web/static/binglian/dist/manifest.json",
    }
}

#: Bytes of one request, files included; the largest is a contract of 50 MB. More is answered 413.
MOST_BYTES_SENT = 64 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 40
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
