"""Decisions of the two leads that are in force."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.publicness import Published
from binglian.domain.governance.models import Decision
from binglian.domain.governance.queries import public_decisions
from binglian.domain.publishing.columns import instant, integer, text, texts
from binglian.domain.publishing.dataset import Dataset, when


def _approved_by(decision: Decision) -> list[str]:
    """The bodies, never the people who answered for them."""
    given = {answer.lead for answer in decision.approvals.all() if answer.is_yes}
    return [decision.body_of(lead).name for lead in decision.leads if lead.value in given]


DECISIONS = Dataset(
    name="decisions",
    title=_("牵头单位的决定"),
    description=_("须牵头单位同意、现已生效的决定：事项、提请和生效时间、同意的单位。不含个人。"),
    theme="GOVE",
    keywords=(_("决定"), _("双核引领")),
    rows=public_decisions,
    is_public=when(Published.DECISIONS),
    acts=("decision.",),
    columns=(
        integer("id", _("决定号"), lambda decision: decision.pk),
        text("act", _("事项代码"), lambda decision: decision.act),
        text("act_zh", _("事项"), str),
        texts("approved_by", _("同意的单位"), _approved_by),
        instant("asked_at", _("提请时间"), lambda decision: decision.asked_at),
        instant("in_force_at", _("生效时间"), lambda decision: decision.settled_at),
    ),
    filters={"act": "act"},
)
