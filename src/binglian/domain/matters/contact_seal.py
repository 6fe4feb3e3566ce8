"""Contacts are encrypted, each for its own matter."""

from __future__ import annotations

from binglian.domain.accounts.sealing import seal, unseal

from .facts import ContactFacts


def sealed(contact: ContactFacts, matter_id: int) -> bytes:
    """The contact as bytes that only this platform opens, and only as this matter's."""
    plain = {"name": contact.name, "phone": contact.phone, "email": contact.email}
    return seal(plain, _bound_to(matter_id))


def opened(content: bytes, matter_id: int) -> ContactFacts:
    """The contact again; raises ``ActionRefused`` when the key or the row is another one."""
    return ContactFacts(**unseal(content, _bound_to(matter_id)))


def _bound_to(matter_id: int) -> str:
    """A sealed contact moved to another row does not open."""
    return f"matter:{matter_id}"
