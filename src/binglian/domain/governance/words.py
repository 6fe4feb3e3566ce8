"""What an organisation's signature is called."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _


def signature_word() -> Any:
    """«Confirmation», or «signature» once an outside authority certifies the keys.

    A reliable electronic signature needs a key under its owner's sole control (Electronic
    Signature Law of the PRC, art. 13); keys that the platform keeps are no such thing.
    """
    return _("确认") if settings.SIGNING == "builtin" else _("签署")
