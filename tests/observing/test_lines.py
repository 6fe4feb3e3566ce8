"""Log lines carry where work comes from, and never what is private."""

import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binglian.observing import origins
from binglian.observing.scrubbing import GONE, scrubber

pytestmark = pytest.mark.once

PRIVATE = (
    "liu.yang+1@mail.qingdao.example",
    "13812345678",
    "+86 138 1234 5678",
    "138-1234-5678",
    "0532-85911234",
    "37020219900101123X",
    "bl_8s7df6-sdf",
    "Bearer eyJhbGciOi.J9",
    "hunter2-hunter2",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIG\n-----END ENCRYPTED PRIVATE KEY-----",
)


@pytest.fixture
def log():
    return logging.getLogger("binglian.tests")


@pytest.mark.parametrize("private", PRIVATE)
def test_what_is_private_is_taken_out_of_words_and_errors(lines, log, private):
    try:
        raise ValueError(f"cannot reach {private} now")
    except ValueError:
        log.exception("no answer from %s", private)

    (line,) = lines()
    assert line["event"] == f"no answer from {GONE}"
    assert line["exception"].endswith(f"ValueError: cannot reach {GONE} now")
    assert private not in str(line)


def test_a_database_does_not_repeat_rows(lines, log):
    log.error("%s", "violates check\nDETAIL:  Failing row contains (7, 刘洋, 海关后 3 号).\nretry")

    assert lines()[0]["event"] == f"violates check\n{GONE}\nretry"


def test_the_password_of_an_address_is_taken_out(lines, log):
    log.error("no connection to postgres://binglian:s3cret@db/binglian")

    assert lines()[0]["event"] == f"no connection to postgres://{GONE}db/binglian"


@given(st.integers(0, 10**9), st.integers(1, 9999))
def test_numbers_of_ours_stay(run, row):
    said = f"Coupling run {run} failed at row {row}, 2026-11-28T10:53:39Z, 10.1.0.12:8000"

    assert scrubber([])(said) == said


def test_a_line_says_where_the_work_comes_from(lines, log):
    origins.begin(request_id="proxy-0001", user=7)
    log.warning("first")
    origins.begin(request_id="proxy-0002")
    log.warning("second")
    origins.end()
    log.warning("third")

    seen = [(line["event"], line.get("request_id"), line.get("user")) for line in lines()]
    assert seen == [
        ("first", "proxy-0001", 7),
        ("second", "proxy-0002", None),
        ("third", None, None),
    ]


@pytest.mark.parametrize(
    "said", ["", "short", "x" * 65, "with blank", "新的编号12345", "a\nb-1234567"]
)
def test_an_id_that_is_not_well_formed_is_replaced(said):
    assert re.fullmatch(r"[0-9a-f]{16}", origins.request_id_from(said))


def test_an_id_that_is_well_formed_is_kept():
    given = "0b5e2c9a-1f60-4a52-9c3e-3f8a1f1f7a10"

    assert origins.request_id_from(given) == given


def test_the_server_does_not_name_addresses(lines):
    logging.getLogger("gunicorn.error").error("Error handling request %s", "/join/s3cr3t-token/")

    assert lines()[0]["event"] == f"Error handling request {GONE}"
