"""What can be wrong with a chain."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fault(models.TextChoices):
    """Why a row does not hold; ``%(row)s`` is its number, ``%(rows)s`` how many are signed."""

    KEY = "key", _("检查点由不认得的公钥签名")
    SIGNATURE = "signature", _("检查点的签名无效")
    SPAN = "span", _("检查点的起止序号不成立")
    CONTRADICTION = "contradiction", _("两个检查点互相矛盾")
    MISSING = "missing", _("缺少第 %(row)s 行")
    BREAK = "break", _("与前一行接不上")
    CONTENT = "content", _("内容与哈希不符")
    CHECKPOINT = "checkpoint", _("与签名的检查点不符")
    ROOT = "root", _("与签名的检查点的树根不符")
    SHORTER = "shorter", _("签名的检查点记有 %(rows)s 行")
    END = "end", _("与记下的链尾不符")

    def told(self, row: int | None, rows: int) -> str:
        """The reason in words."""
        return str(self.label) % {"row": row, "rows": rows}
