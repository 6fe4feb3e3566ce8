"""Which passwords are too near at hand here."""

from __future__ import annotations

from typing import Any

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
