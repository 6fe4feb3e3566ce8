from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "binglian.domain.indicators"
    label = "indicators"
    verbose_name = _("指标")

    def ready(self) -> None:
        from .sending import register_sending

        register_sending()
