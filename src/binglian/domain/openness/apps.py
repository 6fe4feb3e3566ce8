from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpennessConfig(AppConfig):
    name = "binglian.domain.openness"
    label = "openness"
    verbose_name = _("公开和答问")

    def ready(self) -> None:
        from .sources import add_sources

        add_sources()
