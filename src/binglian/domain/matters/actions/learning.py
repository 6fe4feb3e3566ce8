"""Learning from how people dispatched."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger.actions import record
from binglian.domain.matters.engine_adapter import NotEnoughTexts, learn
from binglian.domain.matters.models import LearntRouting
from binglian.domain.refusals import ActionRefused, refuse_unless

#: Fewer matters teach less than the catalogue's own words know.
FEWEST = 50


@transaction.atomic
def train_routing(*, alliance: Alliance, by: User | None) -> LearntRouting:
    """Learn the categories anew from every matter a person dispatched; corrections count.

    ``by`` is ``None`` for the operator's command line.

    Raises
    ------
    ActionRefused
        Fewer than :data:`FEWEST` matters, or all of one category.
    """
    if by is not None:
        require_permission(by, Permission.MANAGE_CATALOGUE, within=alliance)
    sorted_ones = alliance.matters.filter(category__isnull=False, dispatched_at__isnull=False)
    rows = list(sorted_ones.order_by("id").values_list("text", "category__code"))
    facts = {"n": len(rows), "fewest": FEWEST}
    refuse_unless(
        len(rows) >= FEWEST, _("只有 %(n)s 件已分派的诉求，至少要 %(fewest)s 件才能学习。") % facts
    )
    try:
        content, about = learn([text for text, _code in rows], [code for _text, code in rows])
    except NotEnoughTexts as error:
        raise ActionRefused(_("已分派的诉求都属于同一类，无从学习。")) from error
    row, _is_new = LearntRouting.objects.update_or_create(
        alliance=alliance,
        defaults={
            "content": content,
            "matters": len(rows),
            "macro_f1": about.get("macro_f1"),
            "trained_at": now(),
        },
    )
    change = {"matters": len(rows), "macro_f1": about.get("macro_f1")}
    record(by, "routing.trained", row, within=alliance, change=change)
    return row
