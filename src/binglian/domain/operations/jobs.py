"""What a clock does for the operator."""

from datetime import timedelta

from django.core.cache import cache
from django.utils.timezone import localdate

from .actions.retaining import erase_what_is_due


def every_minute() -> None:
    """Once a day, in its first minute, what may not be kept any longer is erased."""
    if cache.add(f"retention:{localdate()}", 1, timedelta(days=2).total_seconds()):
        erase_what_is_due()
