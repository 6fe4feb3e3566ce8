"""Which passwords are too near at hand here."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Words of this platform and its trade, which anybody would try first; also in docs/asvs.md.
OWN_WORDS = (
    *("binglian", "bing-lian", "alliance", "lianmeng", "pianqu", "password", "mima", "admin"),
    *("administrator", "secretariat", "liaison", "district", "qingdao", "welcome"),
    *("并联", "联盟", "片区", "密码", "管理员", "秘书处", "联络员", "街道", "社区"),
)
#: Characters that must be left when the words above are taken out.
LEAST_LEFT = 8


class OwnWordsValidator:
    """A password must not consist of the words of the house and a few digits."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        left = password.casefold()
        for word in OWN_WORDS:
            left = left.replace(word, "")
        if len(left) < LEAST_LEFT:
            raise ValidationError(self.get_help_text(), code="password_of_own_words")

    def get_help_text(self) -> str:
        return _("密码不能只由“联盟”“binglian”“admin”这类常用词加几位数字组成。")


class BreachedPasswordValidator:
    """A password that was made public by a breach elsewhere is the first that is tried."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        if settings.BREACHED_PASSWORDS and is_breached(password, settings.BREACHED_PASSWORDS):
            raise ValidationError(self.get_help_text(), code="password_breached")

    def get_help_text(self) -> str:
        return _("这个密码出现在已公开的泄露名单里，请换一个。")


def is_breached(password: str, file: Path) -> bool:
    """Whether the SHA-1 of the password stands in the sorted file, by halving it.

    Each line is the digest in hexadecimal, and whatever follows a colon, as Have I Been Pwned
    offers them; 40 GB are looked through by some forty short reads.
    """
    # The list is one of SHA-1; nothing is protected by it here.
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        # The line looked for, if there is one, begins at ``low`` or later, and before ``high``.
        low, high = 0, lines.seek(0, os.SEEK_END)
        while low < high:
            middle = (low + high) // 2
            lines.seek(max(middle - 1, 0))
            if middle:
                lines.readline()  # to the next beginning of a line
            begins = lines.tell()
            found = lines.readline()[: len(wanted)].upper()
            if begins >= high or found > wanted:
                high = middle
            elif found == wanted:
                return True
            else:
                low = lines.tell()
    return False
