"""What makes a production site unsafe, each with its remedy."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from binglian.domain.ledger.keys import signing_key
from binglian.domain.refusals import ActionRefused

SHORTEST_SECRET, FEWEST_CHARACTERS = 32, 8
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
#: File systems on which two machines may write, and whose locks SQLite cannot trust.
_SHARED = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs"}


def dangers() -> list[str]:
    """One sentence for each danger, with what to do; empty where all is well, or not production."""
    if not settings.PRODUCTION:
        return []
    return [*_address(), *_secrets(), *_ledger_key(), *_files(), *_database(), *_mail()]


def refuse_if_unsafe() -> None:
    """Raise ``ImproperlyConfigured`` with every danger, one a line."""
    if found := dangers():
        raise ImproperlyConfigured("\n".join(found))


def _address() -> Iterator[str]:
    url = urlsplit(settings.SITE_URL)
    host = url.hostname or ""
    if url.scheme not in ("http", "https") or not host:
        yield _("BINGLIAN_URL 不是网址。请写成 https://alliance.example。")
        return
    if url.scheme == "http" and host not in _LOOPBACK:
        yield _("BINGLIAN_URL 是 http，密码会明文传送。请在反向代理上启用 HTTPS，改为 https://…。")
    if "*" in settings.ALLOWED_HOSTS:
        yield _("BINGLIAN_HOSTS 含 *，任何域名都可冒充本站。请写明用户输入的域名。")
    elif host not in settings.ALLOWED_HOSTS:
        told = _("BINGLIAN_HOSTS 里没有 BINGLIAN_URL 的域名 %(host)s。请加上。")
        yield told % {"host": host}
    if settings.DEBUG:
        yield _("DEBUG 已打开，出错页会泄露内部情况。请去掉。")


def _secrets() -> Iterator[str]:
    made = "openssl rand -base64 48"
    for name, value in (
        ("BINGLIAN_SECRET_KEY", settings.SECRET_KEY),
        ("BINGLIAN_KEY_ENCRYPTION_KEY", settings.KEY_ENCRYPTION_KEY),
    ):
        if len(value) < SHORTEST_SECRET or len(set(value)) < FEWEST_CHARACTERS:
            told = _("%(name)s 太短或太简单。请用 %(command)s 另生成一个。")
            yield told % {"name": name, "command": made}
    if settings.SECRET_KEY == settings.KEY_ENCRYPTION_KEY:
        yield _("BINGLIAN_SECRET_KEY 与 BINGLIAN_KEY_ENCRYPTION_KEY 相同。请各用一个。")


def _ledger_key() -> Iterator[str]:
    try:
        signing_key()
    except (ActionRefused, OSError) as refusal:
        yield str(refusal)


def _files() -> Iterator[str]:
    keys = [settings.LEDGER_KEY_FILE]
    if settings.PKCS12_FOLDER:
        keys += sorted(Path(settings.PKCS12_FOLDER).glob("*.p12"))
    for path in keys:
        if _is_open(path):
            told = _("密钥文件 %(file)s 人人可读。请运行 chmod 600 %(file)s。")
            yield told % {"file": path}
    if _is_open(settings.DATA):
        told = _("数据目录 %(folder)s 人人可进。请运行 chmod o= %(folder)s。")
        yield told % {"folder": settings.DATA}


def _is_open(path: Path) -> bool:
    """Whether users of this machine who are neither owner nor group may read it."""
    return path.exists() and bool(path.stat().st_mode & stat.S_IRWXO)


def _database() -> Iterator[str]:
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        kind = file_system_of(Path(database["NAME"]))
        if kind in _SHARED:
            told = _("SQLite 放在网络共享盘（%(kind)s）上会损坏。请改放本机磁盘，或用 PostgreSQL。")
            yield told % {"kind": kind}


def file_system_of(path: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The kind of file system ``path`` lies on, as the kernel calls it; empty where unknown."""
    if not mounts.exists():
        return ""
    wanted, best, kind = Path(os.path.realpath(path)), Path("/"), ""
    for line in mounts.read_text().splitlines():
        _device, place, found, *_rest = line.split()
        mounted = Path(place.replace("\\040", " "))
        if wanted.is_relative_to(mounted) and mounted.is_relative_to(best):
            best, kind = mounted, found
    return kind


def _mail() -> Iterator[str]:
    is_plain = not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL)
    if settings.EMAIL_HOST_PASSWORD and is_plain and settings.EMAIL_HOST not in _LOOPBACK:
        yield _("邮件服务器的密码会明文传送。请把 BINGLIAN_MAIL_PORT 设为 587 或 465。")
