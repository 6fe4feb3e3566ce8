"""What this subject and those below it know of the topics one can follow."""

from binglian.domain.openness.topics import add_source

from . import answers, matters, projects


def add_sources() -> None:
    """Called once, when the app is ready."""
    for one in (answers, matters, projects):
        add_source(entries=one.entries, days=one.days)
