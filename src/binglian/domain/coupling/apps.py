from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouplingConfig(AppConfig):
    name = "binglian.domain.coupling"
    label = "coupling"
    verbose_name = _("耦合")

    def ready(self) -> None:
        from .actions.accepting import register_large
        from .actions.pledges import register_pledges
        from .actions.publication import register_publication
        from .actions.runs import register_resumption
        from .actions.scenarios import register_policy
        from .concerned import register_concerned
        from .facts import register_facts
        from .unfinished import register_unfinished

        register_concerned()
        register_large()
        register_pledges()
        register_policy()
        register_publication()
        register_resumption()
        register_facts()
        register_unfinished()
