"""What is asked of whoever wants to be told."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.clients.models import Webhook
from binglian.domain.clients.topics import CHOICES


class WebhookForm(forms.Form):
    """A name, an address, and of what to tell it."""

    name = forms.CharField(label=_("名称"), max_length=60)
    organisation = forms.ModelChoiceField(
        label=_("范围"), queryset=Organisation.objects.none(), required=False
    )
    form = forms.ChoiceField(label=_("接收方"), choices=Webhook.Form.choices)
    url = forms.CharField(
        label=_("网址"),
        max_length=500,
        widget=forms.URLInput,
        help_text=_("以 https:// 开头；机器人的网址从群设置里复制"),
    )
    secret = forms.CharField(
        label=_("机器人密钥"),
        max_length=100,
        required=False,
        help_text=_("钉钉“加签”、飞书“签名校验”里的密钥；程序的密钥由平台生成"),
    )
    topics = forms.MultipleChoiceField(
        label=_("内容"),
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一项内容。")},
    )

    def __init__(
        self, *args: Any, own: QuerySet[Organisation], manages: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        whose: Any = self.fields["organisation"]
        whose.queryset = own
        whose.empty_label = _("整个联盟") if manages else _("请选择单位")
        whose.required = not manages
        if not own.exists():
            del self.fields["organisation"]
