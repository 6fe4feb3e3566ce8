"""Reads about people."""

from django.db.models import QuerySet

from .models import Notification, User


def notifications_visible_to(user: User) -> QuerySet[Notification]:
    """A person's own inbox, newest first."""
    return user.notifications.all()


def waiting_mail() -> QuerySet[Notification]:
    """What is to go by mail and has not gone yet, of people who have an address."""
    waiting = Notification.objects.filter(mailed_at=None, goes_by_mail=True)
    return waiting.exclude(user__email="")


def unread_count(user: User) -> int:
    return user.notifications.filter(read_at=None).count()
