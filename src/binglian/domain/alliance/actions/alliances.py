"""Founding an alliance and changing its words."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import (
    Alliance,
    Membership,
    Organisation,
    today,
)
from binglian.domain.alliance.publicness import Published
from binglian.domain.alliance.words import Word
from binglian.domain.ledger.actions import PLATFORM, record
from binglian.domain.refusals import refuse_unless

from .steps import (
    apply_facts,
    enter_membership,
)

#: Where the open data of all alliances lie, beside those of each.
CITY_DATA = "data"


@transaction.atomic
def found_alliance(
    *, by: User, slug: str, name: str, lead_a: Organisation, lead_b: Organisation, **facts: Any
) -> Alliance:
    """Open an alliance; its two lead bodies are its first members.

    Raises ``ActionRefused`` when slug or name is taken or both leads are the same body.
    """
    require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    refuse_unless(slug != PLATFORM, _("“platform”已由平台自己的台账使用，请换一个网址名。"))
    refuse_unless(slug != CITY_DATA, _("“data”是全市开放数据的网址，请换一个网址名。"))
    refuse_unless(lead_a != lead_b, _("两个牵头单位不能是同一个单位。"))
    taken = Alliance.objects.filter(models.Q(slug=slug) | models.Q(name=name)).exists()
    refuse_unless(not taken, _("已有同名或同网址名的联盟。"))
    alliance = Alliance.objects.create(slug=slug, name=name, lead_a=lead_a, lead_b=lead_b, **facts)
    record(by, "alliance.founded", alliance, within=alliance, change={"name": name})
    for lead in (lead_a, lead_b):
        category = "functional" if lead.kind == Organisation.Kind.DEPARTMENT else "subdistrict"
        enter_membership(
            alliance, lead, by, category, Membership.State.ADMITTED, alliance.founded_on or today()
        )
    return alliance


@transaction.atomic
def change_alliance(
    *,
    alliance: Alliance,
    by: User,
    kinds: list[Word] | None = None,
    categories: list[Word] | None = None,
    **facts: Any,
) -> Alliance:
    """Change the words, terms and descriptions of an alliance. Its slug and leads stay."""
    require_permission(by, Permission.MANAGE_ALLIANCE, within=alliance)
    fixed = {"slug", "lead_a", "lead_b", "reserved", "decision_days", "large_from"} & facts.keys()
    refuse_unless(not fixed, _("网址名、牵头单位和保留事项不能在这里修改。"))
    unknown = set(facts.get("published", ())) - set(Published.values)
    refuse_unless(not unknown, _("没有这样一份可公开的清单。"))
    for field, words in (("kinds", kinds), ("categories", categories)):
        if words is not None:
            codes = [word.code for word in words]
            refuse_unless(len(codes) == len(set(codes)), _("代码不能重复。"))
            facts[field] = [{"code": w.code, "zh": w.zh, "en": w.en} for w in words]
    change = apply_facts(alliance, facts)
    if change:
        record(by, "alliance.changed", alliance, within=alliance, change=change)
    return alliance
