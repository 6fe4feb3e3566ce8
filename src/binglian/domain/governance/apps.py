from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "binglian.domain.governance"
    label = "governance"
    verbose_name = _("治理")

    def ready(self) -> None:
        from .actions.rules import register_rules
        from .admission import register_admission
        from .agreement_act import register_agreements
        from .binding import register_meetings
        from .jobs import enqueue_sealing
        from .sealing import register_sealer

        register_sealer(enqueue_sealing)
        register_admission()
        register_rules()
        register_agreements()
        register_meetings()
