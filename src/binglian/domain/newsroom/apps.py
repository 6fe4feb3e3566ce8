from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "binglian.domain.newsroom"
    label = "newsroom"
    verbose_name = _("公告")

    def ready(self) -> None:
        from .followed import follow_announcements
        from .statement import register_statements

        follow_announcements()
        register_statements()
