from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MattersConfig(AppConfig):
    name = "binglian.domain.matters"
    label = "matters"
    verbose_name = _("诉求")

    def ready(self) -> None:
        from .unfinished import register_unfinished

        register_unfinished()
