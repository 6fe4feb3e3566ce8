"""A path leads from one row to the root, and from no other row and no other place."""

import hashlib

import pytest

from binglian.domain.ledger.merkle import Tree, path_of, root_reached

SIZES = range(1, 34)


def entries(size: int) -> list[bytes]:
    return [bytes([number]) * 32 for number in range(size)]


def as_rfc_9162_defines(found: list[bytes]) -> bytes:
    """MTH(D[n]) of §2.1.1, word for word."""
    if not found:
        return hashlib.sha256().digest()
    if len(found) == 1:
        return hashlib.sha256(b"\0" + found[0]).digest()
    split = 1
    while split * 2 < len(found):
        split *= 2
    left, right = as_rfc_9162_defines(found[:split]), as_rfc_9162_defines(found[split:])
    return hashlib.sha256(b"\1" + left + right).digest()


@pytest.mark.parametrize("size", [0, *SIZES])
def test_the_growing_tree_has_the_root_of_the_definition(size):
    assert Tree(entries(size)).root() == as_rfc_9162_defines(entries(size))


@pytest.mark.parametrize("size", SIZES)
def test_every_entry_reaches_the_root(size):
    found, root = entries(size), Tree(entries(size)).root()

    reached = [root_reached(e, i, size, path_of(found, i)) for i, e in enumerate(found)]

    assert reached == [root] * size


@pytest.mark.parametrize("size", SIZES)
def test_a_path_proves_the_position_too(size):
    found, root = entries(size), Tree(entries(size)).root()

    elsewhere = [
        (i, j)
        for i, entry in enumerate(found)
        for j in range(size + 1)
        if i != j and root_reached(entry, j, size, path_of(found, i)) == root
    ]

    assert elsewhere == []


@pytest.mark.parametrize("size", SIZES)
def test_a_path_that_is_too_short_or_too_long_leads_nowhere(size):
    found = entries(size)
    path = path_of(found, 0)

    assert root_reached(found[0], 0, size, [*path, b"\0" * 32]) is None
    assert not path or root_reached(found[0], 0, size, path[:-1]) is None


def test_an_inner_node_is_not_taken_for_an_entry():
    found = entries(4)
    upper = [Tree(found[:2]).root(), Tree(found[2:]).root()]

    assert Tree(upper).root() != Tree(found).root()
