"""Making Django ready: with the whole platform, or with its words only."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from binglian.observing import traces

from .refusals import CommandRefused

_DJANGO_LANGUAGE = {"zh": "zh-hans", "en": "en"}


def prepare(language: str) -> None:
    """Load the settings of the environment and every subject of the platform.

    Raises ``CommandRefused`` when the environment lacks something, naming it.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binglian.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise CommandRefused(str(error)) from error
    translation.activate(_DJANGO_LANGUAGE[language])


def refuse_if_unsafe() -> None:
    """Raise ``CommandRefused`` with everything that makes this production site unsafe."""
    from binglian.domain.operations import safety

    try:
        safety.refuse_if_unsafe()
    except ImproperlyConfigured as error:
        raise CommandRefused(str(error)) from error


def trace(service: str) -> None:
    """Send traces from this process, where the settings say so; ``service`` is its name there."""
    if settings.TRACES_URL:
        traces.start(settings.TRACES_URL, percent=settings.TRACES_PERCENT, service=service)


def prepare_words(language: str) -> None:
    """Enough of Django for messages in both languages: no database, no secret."""
    if not settings.configured:
        locale = Path(__file__).resolve().parent.parent / "locale"
        settings.configure(USE_I18N=True, LANGUAGE_CODE="zh-hans", LOCALE_PATHS=[locale])
        django.setup()
    translation.activate(_DJANGO_LANGUAGE[language])
