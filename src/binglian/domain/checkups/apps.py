from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CheckupsConfig(AppConfig):
    name = "binglian.domain.checkups"
    label = "checkups"
    verbose_name = _("城市体检问题")

    def ready(self) -> None:
        from .actions.imports import register_checkup

        register_checkup()
