"""The names of what can happen to a commitment, as its page tells them."""

from typing import Any

from django.utils.translation import pgettext_lazy

_LABELS = {
    "commitment.proposed": pgettext_lazy("done", "公布，请认领"),
    "commitment.accepted": pgettext_lazy("done", "认领"),
    "commitment.declined": pgettext_lazy("done", "谢绝"),
    "commitment.moved": pgettext_lazy("done", "改期"),
    "commitment.delivered": pgettext_lazy("done", "报告兑现"),
    "commitment.judged": pgettext_lazy("done", "评价"),
    "commitment.explained": pgettext_lazy("done", "说明未能兑现"),
}


def act_label(act: str) -> Any:
    """The act's name; one without a name shows its code."""
    return _LABELS.get(act, act)
