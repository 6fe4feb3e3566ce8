"""The file of a backup: read by whom it is for, and refused where anything was changed."""

import io
import os
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from binglian.backups.archive import Backup, write_backup
from binglian.backups.damage import Damaged, Fault
from binglian.backups.keys import make_key, private_key_in, public_key_from, told
from binglian.backups.rotation import Rotation, kept
from binglian.backups.sealing import CHUNK, readers_of

pytestmark = pytest.mark.once

KEY = X25519PrivateKey.generate()
MANIFEST = {"version": "0.1", "里院": 12}


def written(content: list[bytes], *readers: X25519PrivateKey) -> bytes:
    file = io.BytesIO()
    write_backup(file, [key.public_key() for key in readers or (KEY,)], MANIFEST, content)
    return file.getvalue()


def read(file: bytes, key: X25519PrivateKey = KEY) -> bytes:
    return b"".join(Backup(io.BytesIO(file), key).database())


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 7])
def test_what_was_put_in_comes_out(size):
    content = os.urandom(size)
    file = written([content[:1000], b"", content[1000:]])

    assert (Backup(io.BytesIO(file), KEY).manifest, read(file)) == (MANIFEST, content)


def test_each_reader_reads_alone_and_nobody_else():
    other, stranger = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    file = written([b"database"], KEY, other)

    assert (read(file), read(file, other)) == (b"database", b"database")
    assert readers_of(io.BytesIO(file)) == [told(KEY), told(other)]
    with pytest.raises(Damaged) as refused:
        read(file, stranger)
    assert refused.value.fault == Fault.SHUT


def test_no_byte_can_be_changed():
    file = written([os.urandom(300)])

    for place in range(len(file)):
        changed = bytearray(file)
        changed[place] ^= 1
        with pytest.raises(Damaged):
            read(bytes(changed))


def test_a_change_is_named_by_its_place():
    file = bytearray(written([os.urandom(5 * CHUNK)]))
    file[3 * CHUNK] ^= 1

    with pytest.raises(Damaged) as refused:
        read(bytes(file))
    assert refused.value.fault == Fault.ALTERED
    assert 0 <= 3 * CHUNK - refused.value.offset < CHUNK + 16


def test_a_file_cut_off_anywhere_is_refused():
    file = written([os.urandom(3 * CHUNK)])
    header = file.index(b"\n", file.index(b"\n") + 1) + 1
    ends = [0, 5, header - 1, header, header + CHUNK + 16, header + CHUNK + 500, len(file) - 1]

    for end in ends:
        with pytest.raises(Damaged):
            read(file[:end])
    with pytest.raises(Damaged) as refused:
        read(file[: header + CHUNK + 16])
    assert (refused.value.fault, refused.value.offset) == (Fault.CUT, header + CHUNK + 16)


def test_chunks_cannot_change_places_or_be_added():
    file = written([os.urandom(4 * CHUNK)])
    header = file.index(b"\n", file.index(b"\n") + 1) + 1
    size = CHUNK + 16
    first, second = file[header : header + size], file[header + size : header + 2 * size]

    for changed in (
        file[:header] + second + first + file[header + 2 * size :],
        file[:header] + file[header + size :],
        file + first,
    ):
        with pytest.raises(Damaged):
            read(changed)


def test_a_key_is_made_once_and_read_again(tmp_path):
    path = tmp_path / "backup.key"
    key = make_key(path)

    assert (path.stat().st_mode & 0o777, make_key(path)) == (0o600, None)
    assert told(private_key_in(path, str)) == told(key)
    assert told(public_key_from(told(key))) == told(key)


def test_a_year_and_a_half_of_daily_backups_leaves_the_newest_of_each_period():
    newest = datetime(2026, 3, 31, 3, 30, tzinfo=UTC)
    daily = [newest - timedelta(days=days) for days in range(500)]

    stay = sorted(kept(daily, Rotation()), reverse=True)

    days = [newest - timedelta(days=days) for days in range(7)]
    weeks = [datetime(2026, 3, day, 3, 30, tzinfo=UTC) for day in (22, 15, 8)]  # Sundays before
    months = [
        datetime(2026, 2, 28, 3, 30, tzinfo=UTC),
        datetime(2026, 1, 31, 3, 30, tzinfo=UTC),
        *(
            datetime(2025, month + 1, 1, 3, 30, tzinfo=UTC) - timedelta(days=1)
            for month in range(4, 12)
        ),
        datetime(2025, 12, 31, 3, 30, tzinfo=UTC),
    ]
    # The week of 29 March is one of the seven days already.
    assert stay == sorted({*days, *weeks, *months}, reverse=True)


def test_where_no_backup_was_made_older_ones_are_not_given_up():
    old = [datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC)]

    assert kept(old, Rotation()) == set(old)
    assert kept([], Rotation()) == set()
    assert kept(old, Rotation(0, 0, 0)) == {old[1]}
