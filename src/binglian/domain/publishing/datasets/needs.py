"""What members need."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.publicness import Published
from binglian.domain.coupling.models import Need
from binglian.domain.publishing.columns import boolean, coded, day, integer, texts
from binglian.domain.publishing.dataset import Dataset, when
from binglian.domain.publishing.hidden import shown_needs

from .lists import beginning, ending, kind_zh, place_of

_STATES = [(state.value, state.label) for state in (Need.State.OPEN, Need.State.CLOSED)]


def _components(need: Need) -> Iterator[str]:
    """Each as «kind: quantity and unit»."""
    for part in need.components.all():
        kind = kind_zh(need.alliance, part.kind)
        yield f"{kind}：{part.quantity.normalize():f}{part.unit}"


NEEDS = Dataset(
    name="needs",
    title=_("需求清单"),
    description=_("成员单位提出、尚待满足或已办结的需求，含组成、优先级、截止日期和受益人数。"),
    theme="GOVE",
    keywords=(_("需求"), _("片区联盟")),
    rows=shown_needs,
    is_public=when(Published.NEEDS),
    acts=("need.",),
    columns=(
        *beginning(_STATES),
        texts("components", _("组成"), _components),
        coded("priority", _("优先级"), lambda need: need.priority, lambda: Need.Priority.choices),
        day("deadline", _("截止日期"), lambda need: need.deadline),
        integer("beneficiaries", _("受益人数"), lambda need: need.beneficiaries),
        boolean("is_all_or_nothing", _("须全部满足"), lambda need: need.is_all_or_nothing),
        *ending(),
    ),
    geometry=place_of,
    filters={"state": "state", "priority": "priority", "organisation_id": "organisation"},
)
