"""Asking an address somebody typed, without being led into our own network.

The name is looked up once and every answer examined; the connection then goes to that very
address, so that a second answer of the name server cannot lead elsewhere. Nothing is followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from contextlib import suppress
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from binglian.domain.refusals import refuse_unless

from .telling import Outgoing

#: Seconds for connecting and for each piece of an answer.
PATIENCE = 10
#: Seconds for all of it: who sends a letter every few seconds must not keep the worker for ever.
LONGEST = 20
#: Bytes of an answer that are read.
MOST_READ = 4096
_EMBEDDED = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def checked(url: str) -> SplitResult:
    """The parts of an address we would ask; raises ``ActionRefused`` for what is none.

    Only ``https``; plain ``http`` within the networks the operator has allowed.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    refuse_unless(
        parts.scheme in ("https", "http") and parts.hostname and " " not in url and url.isascii(),
        _("请填写以 https:// 开头的网址。"),
    )
    refuse_unless(parts.username is None, _("网址里不能写用户名和密码。"))
    refuse_unless(port is None or port in (80, 443) or port >= 1024, _("网址里的端口不能用。"))
    return parts


def may_be_asked(address: Address) -> bool:
    """Whether it is out in the world, or in a network the operator has allowed."""
    if any(address in network for network in _allowed()):
        return True
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _EMBEDDED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return may_be_asked(inner)
        if address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast


def resolved(parts: SplitResult) -> Address:
    """Where the name leads; raises ``ActionRefused`` where one answer may not be asked."""
    try:
        found = socket.getaddrinfo(parts.hostname, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        found = []
    refuse_unless(found, _("找不到主机“%(host)s”。") % {"host": parts.hostname})
    addresses = [ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in found]
    refuse_unless(
        all(may_be_asked(address) for address in addresses),
        _("主机“%(host)s”在内部网络里，不能推送到那里。") % {"host": parts.hostname},
    )
    is_ours = any(addresses[0] in network for network in _allowed())
    refuse_unless(parts.scheme == "https" or is_ours, _("请填写以 https:// 开头的网址。"))
    return addresses[0]


def send(request: Outgoing) -> tuple[int, bytes]:
    """Post it; the HTTP status and the beginning of the answer.

    Raises ``OSError`` or ``http.client.HTTPException`` when there is none, ``ActionRefused`` when
    the address may not be asked.
    """
    parts = checked(request.url)
    address = str(resolved(parts))
    port = parts.port or (443 if parts.scheme == "https" else 80)
    made = _Secure if parts.scheme == "https" else _Plain
    connection = made(parts.hostname or "", port, timeout=PATIENCE)
    connection.pinned = address
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Binglian"}
    is_over = Event()
    watch = Timer(LONGEST, _cut_off, [connection, is_over])
    watch.start()
    try:
        connection.request("POST", path, request.body, headers | request.headers)
        response = connection.getresponse()
        answer = response.read(MOST_READ)
        if is_over.is_set():  # what was cut off looks like an answer that ended
            raise TimeoutError(f"No whole answer in {LONGEST} seconds.")
        return response.status, answer
    finally:
        watch.cancel()
        connection.close()


def _cut_off(connection: http.client.HTTPConnection, is_over: Event) -> None:
    """Whoever waits for the rest of the answer learns that there is none."""
    is_over.set()
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


class _Plain(http.client.HTTPConnection):
    pinned = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.pinned, self.port), self.timeout)


class _Secure(http.client.HTTPSConnection):
    pinned = ""

    def connect(self) -> None:
        plain = socket.create_connection((self.pinned, self.port), self.timeout)
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(plain, server_hostname=self.host)


def _allowed() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(network) for network in settings.WEBHOOK_NETWORKS]
