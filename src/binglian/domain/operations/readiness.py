"""Whether the platform can do its work now, and what an operator should look at."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from binglian.domain.ledger import guards

from . import readings

logger = logging.getLogger(__name__)

MINUTE, HOUR = 60, 3600
MEGABYTE = 1024 * 1024
#: Jobs begin within a second; after so long no worker is there, or it is far behind.
LATE_JOB = 10 * MINUTE
LATE_MAIL = HOUR
#: Once a day, and some time to walk.
LATE_VERIFICATION = 26 * HOUR
#: Once a night, and some time to be made and restored for trial.
LATE_BACKUP = 26 * HOUR
#: Below the first nothing is written any more; below the second somebody should make room.
NO_DISK, LITTLE_DISK = 200 * MEGABYTE, 2048 * MEGABYTE


class State(StrEnum):
    """``WARNING``: pages are served, but somebody should look. ``FAILING``: do not send readers."""

    OK = "ok"
    WARNING = "warning"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing looked at; ``told`` says what is wrong and what to do, empty where all is well."""

    name: str
    state: State
    told: str = ""


def look() -> list[Found]:
    """Look at everything, the database first: without it the rest cannot be known."""
    database = _database()
    if database.state is State.FAILING:
        return [database, _disk()]
    return [database, *(_looked(check) for check in _CHECKS)]


def is_ready(found: list[Found]) -> bool:
    """Whether readers may be sent here."""
    return all(one.state is not State.FAILING for one in found)


def _looked(check: Callable[[], Found]) -> Found:
    try:
        return check()
    except DatabaseError as error:
        logger.warning("The check %s failed: %s", check.__name__, error)
        return Found(check.__name__.strip("_"), State.FAILING, _("数据库没有答复，请看日志。"))


def _database() -> Found:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        logger.warning("The database does not answer: %s", error)
        told = _("连不上数据库。请检查数据库是否在运行、DATABASE_URL 是否正确。")
        return Found("database", State.FAILING, told)
    return Found("database", State.OK)


class _Schema:
    """Once up to date, a database stays so for this version: it is asked no more."""

    is_current = False


def _migrations() -> Found:
    if not _Schema.is_current:
        executor = MigrationExecutor(connection)
        _Schema.is_current = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    if _Schema.is_current:
        return Found("migrations", State.OK)
    told = _("数据库还是旧版本的结构。请运行 binglian migrate。")
    return Found("migrations", State.FAILING, told)


def _queue() -> Found:
    waited = readings.oldest_job_seconds()
    if waited < LATE_JOB:
        return Found("queue", State.OK)
    told = _("有后台任务等了 %(minutes)d 分钟。请检查 binglian worker 是否在运行。")
    return Found("queue", State.WARNING, told % {"minutes": waited // MINUTE})


def _mail() -> Found:
    waited = readings.oldest_mail_seconds()
    if waited < LATE_MAIL:
        return Found("mail", State.OK)
    told = _("有邮件等了 %(minutes)d 分钟没有发出。请检查邮件服务器和 binglian worker。")
    return Found("mail", State.WARNING, told % {"minutes": waited // MINUTE})


def _disk() -> Found:
    free = readings.free_disk()[0]
    if free >= LITTLE_DISK:
        return Found("disk", State.OK)
    state = State.FAILING if free < NO_DISK else State.WARNING
    told = _("存放数据的磁盘只剩 %(megabytes)d MB。请腾出空间或扩容。")
    return Found("disk", state, told % {"megabytes": free // MEGABYTE})


def _ledger_guard() -> Found:
    if guards.are_in_place(connection):
        return Found("ledger_guard", State.OK)
    told = _("数据库里防止改动台账的触发器不在。请运行 binglian ledger guard，并查明原因。")
    return Found("ledger_guard", State.FAILING, told)


def _ledger_verified() -> Found:
    if broken := readings.broken_chains():
        told = _("台账对不上：%(chains)s。请运行 binglian ledger verify。")
        return Found("ledger_verified", State.WARNING, told % {"chains": "、".join(broken)})
    ago = readings.oldest_verification_seconds()
    if ago is None or ago < LATE_VERIFICATION:
        return Found("ledger_verified", State.OK)
    told = _("台账已有 %(hours)d 小时没有核验。请检查 binglian worker 是否在运行。")
    return Found("ledger_verified", State.WARNING, told % {"hours": ago // HOUR})


def _backup() -> Found:
    ago = readings.last_backup_seconds()
    if ago is None and not settings.BACKUP_READERS:
        # Where something may be lost, somebody ought to be told; elsewhere it is a choice.
        state = State.WARNING if settings.PRODUCTION else State.OK
        told = _("没有设置备份。请照运维手册“Backup and restore”一节设置 BINGLIAN_BACKUP_READERS。")
        return Found("backup", state, told if state is State.WARNING else "")
    if ago is None:
        told = _("还没有核验过的备份。请运行 binglian backup，并启用 binglian-backup.timer。")
        return Found("backup", State.WARNING, told)
    if ago < LATE_BACKUP:
        return Found("backup", State.OK)
    told = _("最近一份核验过的备份是 %(hours)d 小时前的。请查看 binglian-backup 的日志。")
    return Found("backup", State.WARNING, told % {"hours": ago // HOUR})


_CHECKS: tuple[Callable[[], Found], ...] = (
    _migrations,
    _queue,
    _mail,
    _disk,
    _ledger_guard,
    _ledger_verified,
    _backup,
)
