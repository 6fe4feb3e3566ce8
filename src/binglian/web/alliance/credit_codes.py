"""The check of the unified social credit code (GB 32100): a warning, never a refusal."""

from django.utils.translation import gettext as _
from stdnum.cn import uscc


def credit_code_warning(code: str) -> str:
    """What is odd about a code; empty when it is missing or passes its check digit."""
    if not code or uscc.is_valid(code):
        return ""
    return _("信用代码“%(code)s”未通过校验位检查，请核对；内容已按填写保存。") % {"code": code}
