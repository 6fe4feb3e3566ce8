"""What members offer."""

from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.publicness import Published
from binglian.domain.coupling.models import Offer
from binglian.domain.coupling.public_lists import public_offers
from binglian.domain.publishing.columns import boolean, number, text, texts
from binglian.domain.publishing.dataset import Dataset, when

from .lists import beginning, ending, kind_zh, place_of

OFFERS = Dataset(
    name="offers",
    title=_("资源清单"),
    description=_("成员单位可以提供的场地、设备、人员时间等资源，含数量、单价、标签和地点。"),
    theme="GOVE",
    keywords=(_("资源"), _("供给"), _("片区联盟")),
    rows=public_offers,
    is_public=when(Published.OFFERS),
    acts=("offer.", "commitment."),
    columns=(
        *beginning([(Offer.State.OPEN.value, Offer.State.OPEN.label)]),
        text("kind", _("类别代码"), lambda offer: offer.kind),
        text("kind_zh", _("类别"), lambda offer: kind_zh(offer.alliance, offer.kind)),
        texts("tags", _("标签"), lambda offer: offer.tags),
        number("quantity", _("数量"), lambda offer: offer.quantity),
        text("unit", _("计量单位"), lambda offer: offer.unit),
        number("lot", _("最小批量"), lambda offer: offer.lot),
        boolean("renews", _("可重复使用"), lambda offer: offer.renews),
        number("price_yuan", _("单价（元）"), lambda offer: offer.price),
        *ending(),
    ),
    geometry=place_of,
    filters={"kind": "kind", "organisation_id": "organisation"},
)
