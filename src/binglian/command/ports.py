"""Whether a port is free, and if not, who holds it."""

import errno
import socket
from contextlib import suppress
from pathlib import Path

from .refusals import CommandRefused
from .words import gettext as _

_LISTENING = "0A"


def require_free(host: str, port: int) -> None:
    """Raise ``CommandRefused``, naming who holds the port and what to do, unless it is free."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise CommandRefused(_("不认识主机名 %(host)s。") % {"host": host}) from error
    family, kind, protocol, _name, address = found[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            facts = {"host": host, "port": port, "who": holder_of(port), "why": error.strerror}
            message = (
                _("端口 %(port)s 已被%(who)s占用。请先停止它，或用 --port 换一个端口。")
                if error.errno == errno.EADDRINUSE
                else _("不能在 %(host)s:%(port)s 上提供服务：%(why)s。")
            )
            raise CommandRefused(message % facts) from error


def holder_of(port: int) -> str:
    """The program that listens on the port, as far as this user may see."""
    sockets = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for process in Path("/proc").glob("[0-9]*"):
        if sockets & _open_files(process):
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
            facts = {"pid": process.name, "command": command[:80]}
            return _("进程 %(pid)s（%(command)s）") % facts
    return _("另一程序")


def _open_files(process: Path) -> set[str]:
    found = set()
    with suppress(OSError):  # gone meanwhile, or another user's
        for link in (process / "fd").iterdir():
            with suppress(OSError):
                found.add(str(link.readlink()))
    return found


def _listening_inodes(port: int) -> set[str]:
    found = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if not table.exists():
            continue
        for line in table.read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == _LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                found.add(fields[9])
    return found
