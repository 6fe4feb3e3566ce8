from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HeritageConfig(AppConfig):
    name = "binglian.domain.heritage"
    label = "heritage"
    verbose_name = _("里院和历史建筑")

    def ready(self) -> None:
        from .actions.imports import register_places

        register_places()
