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


def signature_word_zh() -> str:
    """The same on papers, which are in Chinese whoever asks for them."""
    return "确认" if settings.SIGNING == "builtin" else "签署"


#: Who seals, as it stands on papers.
PLATFORM_NAME = "并联平台"
