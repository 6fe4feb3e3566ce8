"""What the reader's seats grant in one alliance, asked once for a whole page."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.roles import OF_AN_ORGANISATION, Role
from binglian.domain.alliance.models import Alliance, Appointment, Organisation
from binglian.web.access import seats_held


class Reader:
    """One person in one alliance; answers like ``has_permission``, without asking again."""

    def __init__(
        self, user: User, alliance: Alliance, seats: Iterable[Appointment] | None = None
    ) -> None:
        self.user, self.alliance = user, alliance
        self._everywhere: set[Permission] = set()
        self._for: dict[int, set[Permission]] = {}
        for role in user.platform_roles:
            self._everywhere |= role.permissions
        if seats is None:
            seats = alliance.seats_held(user)
        for seat in seats:
            if seat.alliance_id != alliance.pk:
                continue
            role = Role(seat.role)
            if role in OF_AN_ORGANISATION and seat.organisation_id:
                self._for.setdefault(seat.organisation_id, set()).update(role.permissions)
            else:
                self._everywhere |= role.permissions

    @classmethod
    def of(cls, request: HttpRequest, alliance: Alliance) -> Reader:
        """The reader of a page; their seats are asked once for the whole request."""
        return cls(request.user, alliance, seats_held(request))

    def may(self, permission: Permission, organisation_id: int | None = None) -> bool:
        """Whether the reader has the permission, for an organisation where it belongs to one."""
        granted = self._for.get(organisation_id, set()) if organisation_id else set()
        return permission in self._everywhere or permission in granted

    def may_for_some(self, permission: Permission) -> bool:
        """Whether the reader has the permission for whichever organisation."""
        return any(permission in granted for granted in [self._everywhere, *self._for.values()])

    def organisations_with(self, permission: Permission) -> list[Organisation]:
        """The organisations for which the reader holds a seat with the permission."""
        keys = [key for key, granted in self._for.items() if permission in granted]
        return list(Organisation.objects.filter(pk__in=keys)) if keys else []

    def require(self, permission: Permission, organisation_id: int | None = None) -> None:
        if not self.may(permission, organisation_id):
            raise PermissionDenied(_("您没有这项权限：%(what)s。") % {"what": permission.value})
