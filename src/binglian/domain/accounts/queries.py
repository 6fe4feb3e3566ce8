"""Reads about people."""

from django.db.models import QuerySet

from .models import Notification, User


def notifications_visible_to(user: User) -> QuerySet[Notification]:
    """A person's own inbox, newest first."""
    return user.notifications.all()


def unread_count(user: User) -> int:
    return user.notifications.filter(read_at=None).count()
