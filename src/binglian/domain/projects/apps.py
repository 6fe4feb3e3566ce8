from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "binglian.domain.projects"
    label = "projects"
    verbose_name = _("项目")

    def ready(self) -> None:
        from .actions.adoption import register_baseline
        from .actions.planning import register_resumption

        register_baseline()
        register_resumption()
