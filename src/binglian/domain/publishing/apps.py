from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """It has no tables; what it knows is followed as everything else is."""

    name = "binglian.domain.publishing"
    label = "publishing"
    verbose_name = _("开放数据")

    def ready(self) -> None:
        from .followed import follow_lists

        follow_lists()
