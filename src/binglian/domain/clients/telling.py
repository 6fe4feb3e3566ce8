"""What a message says, in the form its receiver reads."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from django.conf import settings
from django.utils.translation import override

from binglian.domain.ledger.acts import act_label, object_label
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.ledger.statements import instant

from .models import Webhook
from .topics import topic_of

Form = Webhook.Form
#: Lines of one robot's message; they take twenty messages a minute and a few thousand bytes.
MOST_LINES = 20
#: Seconds for which a signature is good.
WINDOW = 300


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One HTTP request: where, what, and what stands above it."""

    url: str
    body: bytes
    headers: dict[str, str]


def event_of(entry: LedgerEntry) -> dict[str, Any]:
    """One act without the person who did it and without what was changed."""
    topic = topic_of(entry.act)
    named = topic is not None and topic.names_object
    return {
        "number": entry.number,
        "act": entry.act,
        "at": instant(entry.at),
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "object": entry.object_label if named else "",
        "organisation_id": entry.organisation_id,
        "organisation": entry.organisation,
        "hash": entry.hash,
    }


def written(
    form: str,
    address: str,
    secret: str,
    *,
    key: str,
    alliance: str,
    slug: str,
    events: Sequence[dict[str, Any]],
    at: int,
) -> Outgoing:
    """The request for these events; ``at`` is the present second, which signatures hold."""
    if form == Form.PROGRAM:
        content: dict[str, Any] = {"id": key, "alliance": slug, "events": list(events)}
        body = _json(content)
        return Outgoing(address, body, signed(secret, at, key, body))
    title, lines = alliance, [_line(event) for event in events]
    text = "\n".join([title, *lines, f"{settings.SITE_URL}/a/{slug}/"])
    if form == Form.WECOM:
        return Outgoing(address, _json({"msgtype": "text", "text": {"content": text}}), {})
    if form == Form.DINGTALK:
        body = _json({"msgtype": "text", "text": {"content": text}})
        return Outgoing(_dingtalk_address(address, secret, at * 1000), body, {})
    content = {"msg_type": "text", "content": {"text": text}}
    if secret:
        content = {"timestamp": str(at), "sign": _feishu_sign(secret, at)} | content
    return Outgoing(address, _json(content), {})


def signed(secret: str, at: int, key: str, body: bytes) -> dict[str, str]:
    """The headers by which a receiver knows that a message is ours, and not an old one."""
    return {
        "X-Binglian-Message": key,
        "X-Binglian-Timestamp": str(at),
        "X-Binglian-Signature": "v1=" + signature(secret, at, body),
    }


def signature(secret: str, at: int, body: bytes) -> str:
    """HMAC-SHA256 of ``timestamp.body``, hexadecimal."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def is_genuine(secret: str, timestamp: str, given: str, body: bytes, *, now: float) -> bool:
    """What a receiver has to ask: is it signed with our secret, and in the last five minutes?"""
    if not timestamp.isdigit() or abs(now - int(timestamp)) > WINDOW:
        return False
    return hmac.compare_digest("v1=" + signature(secret, int(timestamp), body), given)


def was_taken(form: str, status: int, answer: bytes) -> bool:
    """Whether the receiver took it; robots say 200 to everything, and the truth in a code."""
    if not 200 <= status < 300:
        return False
    if form == Form.PROGRAM:
        return True
    try:
        said = json.loads(answer)
    except ValueError:
        return False
    name = "code" if form == Form.FEISHU else "errcode"
    return isinstance(said, dict) and said.get(name, said.get("StatusCode")) == 0


def _line(event: dict[str, Any]) -> str:
    with override("zh-hans"):
        what = f"{act_label(event['act'])}：{event['object'] or object_label(event['object_type'])}"
    return f"· {what}（{event['organisation']}）" if event["organisation"] else f"· {what}"


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def _dingtalk_address(address: str, secret: str, at: int) -> str:
    if not secret:
        return address
    digest = hmac.new(secret.encode(), f"{at}\n{secret}".encode(), hashlib.sha256).digest()
    sign = quote_plus(base64.b64encode(digest))
    return f"{address}{'&' if '?' in address else '?'}timestamp={at}&sign={sign}"


def _feishu_sign(secret: str, at: int) -> str:
    """The key is the text, and nothing is signed with it: so it is documented."""
    digest = hmac.new(f"{at}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return base64.b64encode(digest).decode()
