"""Keys at rest."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from binglian.papers.refusal import PaperRefused
from binglian.papers.signing.authority import make_key
from binglian.papers.signing.keys import lock, unlock


def plain(key) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def test_a_locked_key_is_the_same_key_again():
    key = make_key()

    assert plain(unlock(lock(key, "secret", 7), "secret", 7)) == plain(key)


def test_a_locked_key_shows_nothing_of_the_key_and_differs_each_time():
    key = make_key()
    first, second = lock(key, "secret", 7), lock(key, "secret", 7)

    assert (plain(key)[-20:] in first, first == second) == (False, False)


@pytest.mark.parametrize(("secret", "serial"), [("another", 7), ("secret", 8)])
def test_another_secret_or_another_certificate_does_not_open_it(secret, serial):
    locked = lock(make_key(), "secret", 7)

    with pytest.raises(PaperRefused, match="BINGLIAN_KEY_ENCRYPTION_KEY"):
        unlock(locked, secret, serial)


@pytest.mark.parametrize("place", [5, 20, 60, -1])
def test_a_changed_byte_does_not_open_it(place):
    locked = bytearray(lock(make_key(), "secret", 7))
    locked[place] ^= 1

    with pytest.raises(PaperRefused, match="密钥已被改动"):
        unlock(bytes(locked), "secret", 7)
