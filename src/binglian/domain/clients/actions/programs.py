"""Clients get a key and lose it; what they ask twice is done once."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import own_organisations
from binglian.domain.clients.keys import SHOWN, new_key
from binglian.domain.clients.models import OF_A_MEMBER, ApiClient, Scope
from binglian.domain.ledger.actions import record
from binglian.domain.ledger.once import Attempt, attempting
from binglian.domain.ledger.once.actions import claim, is_used_otherwise, keep, kept
from binglian.domain.ledger.once.sealing import digest_of
from binglian.domain.refusals import refuse_unless

MOST_PER_MINUTE = 6000


@dataclass(frozen=True, slots=True)
class Registered:
    """The client, and its key, which is told this once."""

    client: ApiClient
    key: str = field(repr=False)


@transaction.atomic
def register_client(
    *,
    alliance: Alliance | None,
    name: str,
    contact: str,
    scopes: Collection[str],
    per_minute: int = 60,
    by: User | None,
    organisation: Organisation | None = None,
    key: str = "",
) -> Registered:
    """Give a program a key (登记接入程序); ``by`` is ``None`` for the operator's command.

    Without ``alliance`` the key works in all of them. With ``organisation`` it is that member's
    program, and may act for it in the name of ``by``, one of its officers. ``key`` is
    for the demonstration, whose key is known to everybody.

    Raises
    ------
    PermissionDenied
        ``by`` manages neither the alliance nor, for a key of all alliances, the platform.
    ActionRefused
        No name, nobody to ask about it, no scope, or a limit out of range.
    """
    _require(by, alliance, organisation)
    refuse_unless(name.strip(), _("请填写接入程序的名称。"))
    refuse_unless(contact.strip(), _("请填写联系窗口，出问题时找谁。"))
    refuse_unless(scopes and set(scopes) <= set(Scope.values), _("请至少选一项权限。"))
    refuse_unless(
        organisation is not None or not set(scopes) & {one.value for one in OF_A_MEMBER},
        _("代表单位办事的权限，只能由该单位的联络员登记给本单位的程序。"),
    )
    refuse_unless(
        1 <= per_minute <= MOST_PER_MINUTE,
        _("每分钟次数须在 1 与 %(most)s 之间。") % {"most": MOST_PER_MINUTE},
    )
    key = key or new_key()
    client = ApiClient.objects.create(
        alliance=alliance,
        organisation=organisation,
        name=name.strip(),
        contact=contact.strip(),
        scopes=[scope for scope in Scope.values if scope in scopes],
        per_minute=per_minute,
        beginning=key[:SHOWN],
        digest=digest_of(key),
        made_by=by,
        made_at=now(),
    )
    change = {"scopes": client.scopes, "per_minute": per_minute}
    whose = organisation
    record(by, "client.registered", client, within=alliance, organisation=whose, change=change)
    return Registered(client, key)


@transaction.atomic
def revoke_client(*, client: ApiClient, by: User | None) -> ApiClient:
    """The key stops working at once (停用接入程序)."""
    client = ApiClient.objects.select_for_update().get(pk=client.pk)
    if by is None or not _speaks_for(by, client.alliance, client.organisation):
        _require(by, client.alliance)
    refuse_unless(client.revoked_at is None, _("“%(name)s”已停用。") % {"name": client})
    client.revoked_by, client.revoked_at = by, now()
    client.save(update_fields=["revoked_by", "revoked_at"])
    record(by, "client.revoked", client, within=client.alliance)
    return client


def note_use(client: ApiClient) -> None:
    """On which day a key was last used, so that forgotten ones can be revoked."""
    today = localdate()
    if client.last_used_on != today:
        ApiClient.objects.filter(pk=client.pk).update(last_used_on=today)


class KeyReused(Exception):
    """The Idempotency-Key stands for another request."""


@transaction.atomic
def answer_once(
    *,
    client: ApiClient,
    idempotency_key: str,
    request: str,
    act: Callable[[], dict[str, Any]],
) -> dict[str, Any]:
    """The answer of ``act``; when the client asks the same again, the same answer, and no act.

    ``request`` is the request as text, by which a changed one is told from a repeated one. The
    act and its kept answer stand or fall together.

    Raises
    ------
    KeyReused
        The key was used for another request.
    """
    attempt = Attempt(f"client:{client.pk}", idempotency_key, request)
    # Two at once: the second waits here for the first.
    ApiClient.objects.select_for_update().get(pk=client.pk)
    if is_used_otherwise(attempt):
        raise KeyReused(_("这个 Idempotency-Key 已用于另一次提交，请换一个。"))
    earlier = kept(attempt)
    if earlier is not None and earlier.answer is not None:
        return json.loads(earlier.answer)
    with attempting(attempt):
        claim()
        answer = act()
    keep(attempt, json.dumps(answer, ensure_ascii=False))
    return answer


def note_act(*, client: ApiClient, act: str, obj: models.Model) -> None:
    """That it was a program that acted; the act itself stands beside it in its officer's name."""
    record(
        client.made_by,
        "client.acted",
        client,
        within=client.alliance,
        organisation=client.organisation,
        change={"act": act, "object": f"{obj._meta.label_lower}:{obj.pk}"},
    )


def _require(
    by: User | None, alliance: Alliance | None, organisation: Organisation | None = None
) -> None:
    if organisation is not None:
        speaks = by is not None and _speaks_for(by, alliance, organisation)
        if not speaks:
            raise PermissionDenied(_("只有该单位的联络员可以为它登记程序。"))
        return
    if by is None:  # the operator, who holds the database anyway
        return
    permission = Permission.MANAGE_ALLIANCE if alliance else Permission.MANAGE_PLATFORM
    require_permission(by, permission, within=alliance)


def _speaks_for(by: User, alliance: Alliance | None, organisation: Organisation | None) -> bool:
    """Whether the person is an officer of this very member: whoever keeps all lists is not."""
    if alliance is None or organisation is None:
        return False
    return own_organisations(by, alliance).filter(pk=organisation.pk).exists()
