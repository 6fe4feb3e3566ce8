"""The names of what can happen to a commitment, as its page tells them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

_LABELS = {
    "commitment.proposed": _("公布，请认领"),
    "commitment.accepted": _("认领"),
    "commitment.declined": _("谢绝"),
    "commitment.moved": _("改期"),
    "commitment.delivered": _("报告兑现"),
    "commitment.judged": _("评价"),
    "commitment.explained": _("说明未能兑现"),
}


def act_label(act: str) -> Any:
    """The act's name; one without a name shows its code."""
    return _LABELS.get(act, act)
