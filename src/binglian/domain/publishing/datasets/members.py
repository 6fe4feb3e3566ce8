"""Who belongs to the alliance."""

from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Membership, Organisation
from binglian.domain.alliance.publicness import Published
from binglian.domain.alliance.queries import public_members
from binglian.domain.publishing.columns import coded, day, integer, text
from binglian.domain.publishing.dataset import Dataset, Geometry, located, point, when


def _lead(membership: Membership) -> str:
    leads = {membership.alliance.lead_a_id: "a", membership.alliance.lead_b_id: "b"}
    return leads.get(membership.organisation_id, "")


def _place(membership: Membership) -> Geometry | None:
    return point(membership.organisation.longitude, membership.organisation.latitude)


MEMBERS = Dataset(
    name="members",
    title=_("成员单位"),
    description=_(
        "联盟现有的成员单位：名称、类型、成员类别、加入日期和办公地点。不含任何个人和联系方式。"
    ),
    theme="GOVE",
    keywords=(_("联盟"), _("成员单位")),
    rows=public_members,
    is_public=when(Published.MEMBERS),
    acts=("membership.",),
    columns=(
        integer("organisation_id", _("单位号"), lambda m: m.organisation_id),
        text("name_zh", _("名称"), lambda m: m.organisation.name),
        text("name_en", _("英文名称"), lambda m: m.organisation.name_en),
        coded(
            "kind", _("单位类型"), lambda m: m.organisation.kind, lambda: Organisation.Kind.choices
        ),
        text("credit_code", _("统一社会信用代码"), lambda m: m.organisation.credit_code),
        text("category", _("成员类别代码"), lambda m: m.category),
        text("category_zh", _("成员类别"), lambda m: m.category_label),
        coded("lead", _("牵头"), _lead, lambda: [("a", _("牵头单位甲")), ("b", _("牵头单位乙"))]),
        day("member_since", _("加入日期"), lambda m: m.from_on),
        *located(_place),
    ),
    geometry=_place,
    filters={"kind": "organisation__kind", "category": "category"},
)
