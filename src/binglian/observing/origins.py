"""Where a piece of work comes from: the request, the user, the job; bound to all its log lines."""

import re
import secrets

from structlog import contextvars

from . import traces

_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


def request_id_from(said: str) -> str:
    """The id a proxy gave a request where it is well-formed, or else a new one."""
    return said if _WELL_FORMED.fullmatch(said) else new_request_id()


def new_request_id() -> str:
    """Sixteen hexadecimal digits: few enough to be read out on the telephone."""
    return secrets.token_hex(8)


def begin(**origin: object) -> None:
    """Forget the work before; this one comes from ``origin``."""
    contextvars.clear_contextvars()
    note(**origin)


def note(**origin: object) -> None:
    """Add to where this work comes from."""
    contextvars.bind_contextvars(**{name: said for name, said in origin.items() if said})


def end() -> None:
    """Forget it."""
    contextvars.clear_contextvars()


def request_id() -> str:
    """The request this work belongs to, also in the job it asked for; empty where there is none."""
    return str(contextvars.get_contextvars().get("request_id", ""))


def carried() -> dict[str, str]:
    """What a background job takes over from the work that asks for it."""
    bound = contextvars.get_contextvars()
    known = {name: str(bound[name]) for name in ("request_id", "user") if bound.get(name)}
    parent = traces.parent_here()
    return known | ({"parent": parent} if parent else {})
