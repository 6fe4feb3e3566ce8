"""What an error of the machine means for the person who was just about to save something.

Both languages stand on the page: whose language it is, is asked of the database, which may be
what is missing.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

_FULL_ON_SQLITE = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC")
_FULL_OF_SYSTEM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Failure:
    """Status and words in the two languages; ``seconds`` until trying again makes sense."""

    status: int
    title: tuple[str, str]
    words: tuple[str, str]
    seconds: int | None = None


BROKEN = Failure(
    500,
    ("系统出错了", "Something went wrong"),
    (
        "刚才的操作没有保存。请稍后再试；再出错时，把下面的编号告诉平台管理员。",
        "Your last action was not saved. Please try again later. If it goes wrong again, tell the"
        " administrator this number.",
    ),
)
FULL = Failure(
    507,
    ("存储空间已满", "The storage is full"),
    (
        "刚才的操作没有保存，以前保存的都在。请告诉平台管理员腾出空间，再回到上一页重新提交。",
        "Your last action was not saved; everything saved before is safe. Please tell the"
        " administrator to make room, then go back and submit again.",
    ),
    60,
)
AWAY = Failure(
    503,
    ("数据库暂时连不上", "The database cannot be reached just now"),
    (
        "请过一会儿回到上一页重新提交：已经收到的不会重复登记。",
        "Please go back in a moment and submit again: what was received already is not entered"
        " twice.",
    ),
    5,
)


def failure_of(error: BaseException | None) -> Failure:
    """What it is, by the causes of the error."""
    causes = list(_causes(error))
    if any(_is_full(cause) for cause in causes):
        return FULL
    if any(_is_away(cause) for cause in causes):
        return AWAY
    return BROKEN


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _is_full(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorname", "") in _FULL_ON_SQLITE
    if isinstance(error, OSError):
        return error.errno in _FULL_OF_SYSTEM
    return isinstance(error, psycopg.errors.DiskFull)


def _is_away(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorname", "") in ("SQLITE_BUSY", "SQLITE_LOCKED")
    # The server is not there, is starting, or went away in the middle.
    return isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))
