"""Telling people from machines without puzzles.

A page carries a signed token with the second it was made. While somebody writes, their browser
looks for a number that gives the token a hash beginning with zeros: a fraction of a second for
one report, dear for thousands. Whoever has no scripts, or trips over one of the other signs, is
not turned away: the report waits for a person to look at it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time

from allauth.core.ratelimit import consume
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest

from binglian.domain.matters.doubts import Doubt

_SALT = "binglian.matters.report"
#: Zero bits asked for: about 2**WORK_BITS hashes, less than a second on an old phone.
WORK_BITS = 15
#: Nobody reads the page and writes a sentence faster.
HASTY_SECONDS = 4
#: A page left open overnight still counts.
VALID_SECONDS = 24 * 3600
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_MOST_LINKS = 2


def new_token() -> str:
    """What a page carries: when it was made, and that it is ours."""
    return signing.dumps([int(time.time()), secrets.token_hex(8)], salt=_SALT)


def is_worked(token: str, work: str) -> bool:
    """Whether ``work`` is a number that gives the token's hash enough zero bits."""
    if not (work.isascii() and work.isdigit() and len(work) <= 12):
        return False
    digest = hashlib.sha256(f"{token}:{work}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - WORK_BITS) == 0


def doubts_about(request: HttpRequest, text: str) -> list[Doubt]:
    """The signs of one submitted report. Asking twice about one page is itself a sign."""
    posted = request.POST
    token = posted.get("token", "")[:200]
    found = [_age(token), None if is_worked(token, posted.get("work", "")) else Doubt.NO_WORK]
    if posted.get("website"):
        found.append(Doubt.TRAP)
    if len(_LINK.findall(text)) > _MOST_LINKS:
        found.append(Doubt.LINKS)
    if not consume(request, action="report"):
        found.append(Doubt.MANY)
    return [doubt for doubt in found if doubt]


def _age(token: str) -> Doubt | None:
    try:
        made_at, nonce = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return Doubt.STALE
    seconds = time.time() - made_at
    if seconds > VALID_SECONDS:
        return Doubt.STALE
    if not cache.add(f"report-page:{nonce}", 1, VALID_SECONDS):
        return Doubt.REPEATED
    return Doubt.HASTY if seconds < HASTY_SECONDS else None
