from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AllianceConfig(AppConfig):
    name = "binglian.domain.alliance"
    label = "alliance"
    verbose_name = _("联盟")
