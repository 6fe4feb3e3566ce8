"""Addresses are registered, tried out, stopped and taken up again."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.sealing import seal
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.clients.models import Webhook, WebhookMessage
from binglian.domain.clients.outgoing import checked, resolved
from binglian.domain.clients.telling import event_of
from binglian.domain.clients.topics import CHOICES, TRIAL
from binglian.domain.ledger.actions import record
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.ledger.queries import chain_length
from binglian.domain.refusals import refuse_unless

Form = Webhook.Form
State = Webhook.State
MOST_PER_ALLIANCE = 50


@dataclass(frozen=True, slots=True)
class Subscribed:
    """The webhook, and the secret its messages are signed with, which is told this once."""

    webhook: Webhook
    secret: str = field(repr=False)


@transaction.atomic
def register_webhook(
    *,
    alliance: Alliance,
    name: str,
    form: str,
    url: str,
    topics: Collection[str],
    by: User,
    organisation: Organisation | None = None,
    secret: str = "",
) -> Subscribed:
    """Tell an address of what happens from now on (登记推送).

    ``secret`` is what a robot's settings show; for a program one is made.

    Raises
    ------
    PermissionDenied
        ``by`` does not manage the alliance, or does not speak for ``organisation``.
    ActionRefused
        No name, nothing to tell of, an address that may not be asked, or too many already.
    """
    _require(by, alliance, organisation)
    refuse_unless(name.strip(), _("请填写推送的名称。"))
    refuse_unless(form in Form.values, _("请选择接收方。"))
    known = {code for code, _label in CHOICES}
    refuse_unless(topics and set(topics) <= known, _("请至少选一项内容。"))
    parts = checked(url.strip())
    resolved(parts)
    in_use = alliance.webhooks.exclude(state=State.STOPPED).count()
    refuse_unless(in_use < MOST_PER_ALLIANCE, _("推送太多，请先停用不用的。"))
    if form == Form.PROGRAM:
        secret = secrets.token_urlsafe(32)
    webhook = Webhook(
        alliance=alliance,
        organisation=organisation,
        name=name.strip(),
        form=form,
        topics=[code for code, _label in CHOICES if code in topics],
        host=(parts.hostname or "")[:120],
        seen=chain_length(alliance.slug),
        made_by=by,
        made_at=now(),
    )
    webhook.save()
    webhook.sealed = seal({"url": url.strip(), "secret": secret.strip()}, f"webhook:{webhook.pk}")
    webhook.save(update_fields=["sealed"])
    _record(by, "webhook.registered", webhook)
    return Subscribed(webhook, secret)


@transaction.atomic
def try_webhook(*, webhook: Webhook, by: User) -> WebhookMessage:
    """Send one message now, so that somebody sees whether it arrives (试发)."""
    webhook = Webhook.objects.get(pk=webhook.pk)
    _require(by, webhook.alliance, webhook.organisation)
    is_active = webhook.state == State.ACTIVE
    refuse_unless(is_active, _("“%(name)s”没有在推送。") % {"name": webhook})
    entry = _record(by, TRIAL, webhook)
    return WebhookMessage.objects.create(
        webhook=webhook, key=secrets.token_hex(16), events=[event_of(entry)], next_try_at=now()
    )


@transaction.atomic
def stop_webhook(*, webhook: Webhook, by: User) -> Webhook:
    """Nothing more is sent; what waits is given up (停用推送)."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    _require(by, webhook.alliance, webhook.organisation)
    is_stopped = webhook.state == State.STOPPED
    refuse_unless(not is_stopped, _("“%(name)s”已停用。") % {"name": webhook})
    webhook.state = State.STOPPED
    webhook.save(update_fields=["state"])
    waiting = webhook.messages.filter(state=WebhookMessage.State.WAITING)
    waiting.update(state=WebhookMessage.State.GIVEN_UP, settled_at=now())
    _record(by, "webhook.stopped", webhook)
    return webhook


@transaction.atomic
def resume_webhook(*, webhook: Webhook, by: User) -> Webhook:
    """Send again what happens from now on (恢复推送); what was missed is in the ledger."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    _require(by, webhook.alliance, webhook.organisation)
    is_active = webhook.state == State.ACTIVE
    refuse_unless(not is_active, _("“%(name)s”正在推送。") % {"name": webhook})
    webhook.state, webhook.failing_since = State.ACTIVE, None
    webhook.seen = chain_length(webhook.alliance.slug)
    webhook.save(update_fields=["state", "failing_since", "seen"])
    _record(by, "webhook.resumed", webhook)
    return webhook


def _record(by: User, act: str, webhook: Webhook) -> LedgerEntry:
    within, whose = webhook.alliance, webhook.organisation
    return record(by, act, webhook, within=within, organisation=whose)


def _require(by: User, alliance: Alliance, organisation: Organisation | None) -> None:
    if organisation is None:
        require_permission(by, Permission.MANAGE_ALLIANCE, within=alliance)
    else:
        seat = alliance.seat_of(organisation)
        require_permission(by, Permission.EDIT_ORGANISATION, within=seat)
