"""Appending to the record. Called by every other action, inside its transaction."""

import logging
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Protocol

from django.db import models, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, Scope, require_permission
from binglian.domain.refusals import refuse_unless

from .chain import FIRST_HASH, canonical
from .erasures import note_erasure
from .keys import signing_key, trusted_keys
from .merkle import Tree
from .models import Chain, Checkpoint, LedgerEntry, Verification
from .once.actions import claim
from .queries import sealing, stored_statements
from .statements import Statement, public_bytes
from .verifying import verify_chain

logger = logging.getLogger(__name__)

#: The chain of acts that belong to no alliance.
PLATFORM = "platform"


class HasSlug(Protocol):
    slug: str


def record(
    by: User | None,
    act: str,
    obj: models.Model,
    *,
    within: HasSlug | None = None,
    organisation: models.Model | None = None,
    change: Mapping[str, Any] | None = None,
) -> LedgerEntry:
    """Append one act to the chain of the alliance ``within`` (or of the platform).

    ``by`` is ``None`` when the platform itself acts, e.g. a job that marks something overdue.
    ``organisation`` is the one the person acted for. Must run inside the caller's transaction,
    so that the act and its record stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() must run inside the transaction of its action.")
    claim(str(obj))  # sent twice, done once
    name = within.slug if within else PLATFORM
    Chain.objects.get_or_create(name=name)
    chain = Chain.objects.select_for_update().get(name=name)
    entry = LedgerEntry(
        chain=name,
        number=chain.last_number + 1,
        at=now(),
        user_id=by.pk if by else None,
        user=by.username if by else "",
        organisation_id=organisation.pk if organisation else None,
        organisation=str(organisation)[:120] if organisation else "",
        act=act,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=str(obj)[:200],
        change=canonical(dict(change or {})),
        previous_hash=chain.last_hash,
    )
    entry.hash = entry.digest()
    entry.save(force_insert=True)
    chain.last_number, chain.last_hash = entry.number, entry.hash
    chain.save(update_fields=["last_number", "last_hash"])
    note_erasure(entry)
    return entry


def sign_checkpoint(*, chain: str, by: User | None) -> Checkpoint | None:
    """Sign the present end of a chain; ``None`` when the chain has no entry yet.

    ``by`` is ``None`` only for the platform's clock and the operator's command line, who hold the
    key anyway. Where nothing was added since the last checkpoint, that one is handed out again.

    Raises
    ------
    ActionRefused
        The key cannot be used, or the rows since the last checkpoint do not hold: what is broken
        is never signed.
    """
    if by is not None:
        require_permission(by, Permission.SIGN_CHECKPOINT, within=None)
    # No lock: rows up to the noted end never change, whoever appends behind them meanwhile.
    end = Chain.objects.filter(name=chain, last_number__gt=0).first()
    if end is None:
        return None
    key = signing_key()
    last = Checkpoint.objects.filter(chain=chain).exclude(root="").last()
    if last and (last.number, last.hash) == (end.last_number, end.last_hash):
        is_current = last.public_key == public_bytes(key.public_key()).hex()
        if is_current and last.statement.is_genuine():
            return last
    first, previous = (last.number + 1, last.hash) if last else (1, FIRST_HASH)
    if last and last.number == end.last_number:  # the key is new: sign the same rows again
        first, previous = last.first, _hash_before(chain, last.first)
    unsigned = Statement(
        chain=chain,
        first=first,
        number=end.last_number,
        hash=end.last_hash,
        root=_root_of(end, first, previous),
        at=now(),
    )
    statement = unsigned.signed_with(key)
    checkpoint = Checkpoint(**asdict(statement))
    with transaction.atomic():
        claim(chain)
        checkpoint.save()
    return checkpoint


def seal_record(*, entry: LedgerEntry, by: User, within: Scope | None) -> Checkpoint | None:
    """Let a reader of this row have its proof at once, not only after the daily checkpoint."""
    require_permission(by, Permission.VIEW_ALLIANCE, within=within)
    return sealing(entry) or sign_checkpoint(chain=entry.chain, by=None)


def verify_and_note(*, chain: str, by: User | None, within: Scope | None = None) -> Verification:
    """Walk a chain, keep what was found, and alarm when a row does not hold.

    ``by`` is ``None`` for the platform's clock. The alarm goes to auditors and administrators as
    a notice and by mail, and to the log.
    """
    if by is not None:
        require_permission(by, Permission.VIEW_LEDGER, within=within)
    verdict = verify_chain(chain, stored_statements(chain), trusted_keys())
    found = Verification(
        chain=chain,
        by=by,
        entries=verdict.entries,
        checkpoints=verdict.checkpoints,
        sealed=verdict.sealed,
        broken_at=verdict.broken_at,
        fault=verdict.fault or "",
    )
    with transaction.atomic():
        claim(chain)
        found.save()
    if not found.is_sound:
        logger.critical(
            "Ledger %s does not hold at row %s: %s", chain, found.broken_at, found.fault
        )
        _alarm(found)
    return found


def _alarm(found: Verification) -> None:
    watchers = [User.PlatformRole.AUDITOR, User.PlatformRole.ADMINISTRATOR]
    notify(
        User.objects.filter(is_active=True, platform_role__in=watchers),
        key=f"ledger:{found.chain}:{found.broken_at}:{found.fault}:{localdate()}",
        message=gettext_noop("台账“%(chain)s”第 %(row)s 行对不上，请立即查看。"),
        facts={"chain": found.chain, "row": found.broken_at},
        url="/ledger/",
    )


def _root_of(end: Chain, first: int, previous: str) -> str:
    """The root over the rows from ``first`` to the noted end, each of them looked at."""
    tree = Tree()
    span = (first, end.last_number)
    rows = LedgerEntry.objects.filter(chain=end.name, number__range=span).order_by("number")
    for entry in rows.iterator(2000):
        is_next = (entry.number, entry.previous_hash) == (first + tree.size, previous)
        refuse_unless(is_next and entry.hash == entry.digest(), _broken(end, first + tree.size))
        tree.add(bytes.fromhex(entry.hash))
        previous = entry.hash
    refuse_unless(tree.size and previous == end.last_hash, _broken(end, first + tree.size))
    return tree.root().hex()


def _hash_before(chain: str, number: int) -> str:
    before = LedgerEntry.objects.filter(chain=chain, number=number - 1).first()
    return before.hash if before else FIRST_HASH


def _broken(end: Chain, row: int) -> str:
    facts = {"chain": end.name, "row": row}
    return _("台账“%(chain)s”第 %(row)s 行对不上，不能签发检查点。") % facts
