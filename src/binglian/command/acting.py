"""For which alliance, and in whose name, a verb acts."""

from typing import TYPE_CHECKING

from .refusals import CommandRefused
from .words import gettext as _

if TYPE_CHECKING:
    from binglian.domain.accounts.models import User
    from binglian.domain.alliance.models import Alliance


def alliance_named(slug: str) -> "Alliance":
    """The alliance of that name in web addresses, or a refusal that lists those there are."""
    from binglian.domain.alliance.models import Alliance

    alliance = Alliance.objects.filter(slug=slug).first()
    if alliance is None:
        known = _("、").join(Alliance.objects.values_list("slug", flat=True)) or "—"
        facts = {"slug": slug, "known": known}
        raise CommandRefused(_("没有网址名为“%(slug)s”的联盟。现有：%(known)s。") % facts)
    return alliance


def acting(username: str | None) -> "User":
    """The person named, or the platform's first administrator."""
    from binglian.domain.accounts.models import User

    people = User.objects.filter(is_active=True).order_by("pk")
    if username:
        user = people.filter(username__iexact=username).first()
        if user is None:
            raise CommandRefused(_("没有用户“%(name)s”。") % {"name": username})
        return user
    user = people.filter(platform_role=User.PlatformRole.ADMINISTRATOR).first()
    if user is None:
        raise CommandRefused(_("还没有平台管理员。请用 --by 写明以谁的名义导入。"))
    return user
