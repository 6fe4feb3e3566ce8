"""What happened is put into messages, and each is sent until it is taken or given up."""

from __future__ import annotations

import http.client
import logging
import secrets
import ssl
import time
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.roles import Role
from binglian.domain.accounts.sealing import unseal
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.clients.concerning import concerning
from binglian.domain.clients.models import Webhook, WebhookMessage
from binglian.domain.clients.outgoing import send
from binglian.domain.clients.telling import MOST_LINES, event_of, was_taken, written
from binglian.domain.clients.topics import TRIAL, topic_of
from binglian.domain.ledger.actions import record
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused

logger = logging.getLogger(__name__)
State = WebhookMessage.State
#: Minutes until the next try, after the first, the second, …; then it is given up: two days.
BACKOFF = (1, 5, 15, 60, 240, 720, 1440)
#: An address that has taken nothing for so long is not asked any more.
PATIENCE = timedelta(days=3)
#: Rows of the ledger that are looked at in one minute.
MOST_ROWS = 500
_SILENT = gettext_noop("对方没有及时应答。")
_NO_TRUST = gettext_noop("对方的证书不可信。")
_UNREACHED = gettext_noop("连接不上对方。")
_DISABLED = gettext_noop("推送“%(name)s”连续 %(days)s 天没有送达（%(host)s），已自动停用。")


def collect_messages() -> int:
    """Put what the ledger has gained into messages; returns how many were made."""
    active = Webhook.objects.filter(state=Webhook.State.ACTIVE).values_list("pk", flat=True)
    return sum(_collect(pk) for pk in active)


@transaction.atomic
def _collect(pk: int) -> int:
    webhook = Webhook.objects.select_for_update().select_related("alliance").get(pk=pk)
    rows = LedgerEntry.objects.filter(chain=webhook.alliance.slug, number__gt=webhook.seen)
    entries = list(rows.order_by("number")[:MOST_ROWS])
    if not entries:
        return 0
    wanted = [entry for entry in entries if _is_wanted(webhook, entry)]
    if webhook.organisation_id is not None:
        wanted = concerning(wanted, webhook.organisation_id)
    events = [event_of(entry) for entry in wanted]
    # A program gets each act alone; a robot gets lines, for it may speak only now and then.
    size = 1 if webhook.form == Webhook.Form.PROGRAM else MOST_LINES
    parts = [events[first : first + size] for first in range(0, len(events), size)]
    for part in parts:
        webhook.messages.create(key=secrets.token_hex(16), events=part, next_try_at=now())
    webhook.seen = entries[-1].number
    webhook.save(update_fields=["seen"])
    return len(parts)


def _is_wanted(webhook: Webhook, entry: LedgerEntry) -> bool:
    topic = topic_of(entry.act)
    return topic is not None and entry.act != TRIAL and topic.code in webhook.topics


def attempt_due(*, most: int = 100, seconds: float = 40, only: int | None = None) -> int:
    """Send what is due, of each address in order; returns how many were taken.

    Nothing is locked while an answer is awaited. Of one address the first that fails holds up the
    rest, so that a receiver is told in order, and a dead one is asked once a round. After
    ``seconds`` the rest waits for the next round. ``only``: of this webhook.
    """
    end = time.monotonic() + seconds
    due = WebhookMessage.objects.filter(state=State.WAITING, webhook__state=Webhook.State.ACTIVE)
    if only is not None:
        due = due.filter(webhook=only)
    held: set[int] = set()
    taken = 0
    rows = due.select_related("webhook__alliance", "webhook__organisation").order_by("id")
    for message in rows[:most]:
        if time.monotonic() > end:
            break
        if message.webhook_id in held:
            continue
        if message.next_try_at > now() or not _attempt(message):
            held.add(message.webhook_id)
        else:
            taken += 1
    return taken


def _attempt(message: WebhookMessage) -> bool:
    webhook = message.webhook
    status, answer = 0, b""
    try:
        hidden = unseal(bytes(webhook.sealed), f"webhook:{webhook.pk}")
        request = written(
            webhook.form,
            hidden["url"],
            hidden["secret"],
            key=message.key,
            alliance=webhook.alliance.name,
            slug=webhook.alliance.slug,
            events=message.events,
            at=int(now().timestamp()),
        )
        status, answer = send(request)
        is_taken = was_taken(webhook.form, status, answer)
        said = answer.decode(errors="replace")
    except ActionRefused as refusal:
        is_taken, said = False, str(refusal)
    except (OSError, http.client.HTTPException) as failure:
        logger.info("Webhook %s: %r", webhook.pk, failure)
        is_taken, said = False, _why(failure)
    _note(message, is_taken, status, "".join(c for c in said if c.isprintable())[:200])
    return is_taken


def _why(failure: Exception) -> str:
    """In words for whoever looks after the address; told in the reader's language."""
    if isinstance(failure, TimeoutError):
        return _SILENT
    return _NO_TRUST if isinstance(failure, ssl.SSLError) else _UNREACHED


@transaction.atomic
def _note(message: WebhookMessage, is_taken: bool, status: int, said: str) -> None:
    webhook = Webhook.objects.select_for_update().get(pk=message.webhook_id)
    message.refresh_from_db()
    if message.state != State.WAITING:  # stopped meanwhile
        return
    message.tries, message.status, message.answer = message.tries + 1, status, said
    if is_taken:
        message.state, message.settled_at = State.TAKEN, now()
    elif message.tries > len(BACKOFF):
        message.state, message.settled_at = State.GIVEN_UP, now()
    else:
        message.next_try_at = now() + timedelta(minutes=BACKOFF[message.tries - 1])
    message.save()
    webhook.failing_since = None if is_taken else webhook.failing_since or now()
    webhook.save(update_fields=["failing_since"])
    if webhook.failing_since and now() - webhook.failing_since >= PATIENCE:
        _disable(webhook)


def _disable(webhook: Webhook) -> None:
    """Somebody has to look at it: the secretariat, or the member's own officers."""
    webhook.state = Webhook.State.FAILED
    webhook.save(update_fields=["state"])
    waiting = webhook.messages.filter(state=State.WAITING)
    waiting.update(state=State.GIVEN_UP, settled_at=now())
    alliance, whose = webhook.alliance, webhook.organisation
    record(None, "webhook.failed", webhook, within=alliance, organisation=whose)
    told = liaison_officers(alliance, whose) if whose else people_with(alliance, Role.SECRETARIAT)
    notify(
        told,
        key=f"webhook:{webhook.pk}:{webhook.failing_since}",
        message=_DISABLED,
        facts={"name": webhook.name, "host": webhook.host, "days": PATIENCE.days},
        url=f"/a/{alliance.slug}/webhooks/{webhook.pk}/",
    )
