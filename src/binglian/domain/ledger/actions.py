"""Appending to the record. Called by every other action, inside its transaction."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.db import models, transaction
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission

from .chain import canonical
from .checkpoints import sign
from .models import Chain, Checkpoint, LedgerEntry

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
    return entry


@transaction.atomic
def sign_checkpoint(*, chain: str, by: User | None) -> Checkpoint | None:
    """Sign the present end of a chain; ``None`` when the chain has no entry yet.

    ``by`` is ``None`` only for the operator's command line, who holds the key anyway.
    """
    if by is not None:
        require_permission(by, Permission.SIGN_CHECKPOINT, within=None)
    end = Chain.objects.select_for_update().filter(name=chain, last_number__gt=0).first()
    if end is None:
        return None
    statement = sign(chain=chain, number=end.last_number, hash=end.last_hash, at=now())
    checkpoint = Checkpoint(
        chain=chain,
        number=end.last_number,
        hash=end.last_hash,
        at=statement.at,
        public_key=statement.public_key,
        signature=statement.signature,
    )
    checkpoint.save()
    return checkpoint
