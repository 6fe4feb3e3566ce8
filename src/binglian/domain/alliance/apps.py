from django.apps import AppConfig
from django.core.signals import request_started
from django.utils.translation import gettext_lazy as _


class AllianceConfig(AppConfig):
    name = "binglian.domain.alliance"
    label = "alliance"
    verbose_name = _("联盟")

    def ready(self) -> None:
        from .official_years import read_if_old

        request_started.connect(read_if_old, dispatch_uid="official years")
