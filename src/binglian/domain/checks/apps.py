from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChecksConfig(AppConfig):
    name = "binglian.domain.checks"
    label = "checks"
    verbose_name = _("工地和监督")

    def ready(self) -> None:
        from binglian.domain.projects import holds

        from .followed import follow_open_days
        from .standing_still import why_stopped

        follow_open_days()
        holds.register(why_stopped)
