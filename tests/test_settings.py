"""Production starts only with its secrets; nothing has a default there."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.once

NEEDED = {
    "BINGLIAN_SECRET_KEY": "x" * 60,
    "BINGLIAN_HOSTS": "alliance.example",
    "BINGLIAN_KEY_ENCRYPTION_KEY": "k" * 32,
    "BINGLIAN_URL": "https://alliance.example",
}


SHOWN = "from binglian.config import settings as s; print(s.DEBUG, s.ALLOWED_HOSTS, s.DEMO)"


def load(tmp_path, script: str = SHOWN, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("BINGLIAN", "DATABASE_URL"))}
    return subprocess.run(
        [sys.executable, "-c", script],
        env=clean | {"BINGLIAN_DATA": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("missing", sorted(NEEDED))
def test_production_refuses_to_start_without(missing, tmp_path):
    given = {name: value for name, value in NEEDED.items() if name != missing}

    answer = load(tmp_path, **given)

    assert answer.returncode == 1
    assert answer.stderr.strip().splitlines()[-1].split(": ")[1] == f"{missing} is not set"


def test_production_with_its_secrets_shows_no_errors_and_no_demo(tmp_path):
    assert load(tmp_path, **NEEDED).stdout == "False ['alliance.example'] False\n"


def test_contacts_need_our_key_even_where_an_outside_authority_signs(tmp_path):
    given = NEEDED | {"BINGLIAN_KEY_ENCRYPTION_KEY": "", "BINGLIAN_SIGNING": "pkcs12"}

    assert "BINGLIAN_KEY_ENCRYPTION_KEY" in load(tmp_path, **given).stderr


def test_a_short_key_for_the_signing_keys_is_refused(tmp_path):
    answer = load(tmp_path, **NEEDED | {"BINGLIAN_KEY_ENCRYPTION_KEY": "k" * 31})

    assert "BINGLIAN_KEY_ENCRYPTION_KEY is shorter than 32 characters" in answer.stderr


def test_an_unknown_mode_is_refused(tmp_path):
    answer = load(tmp_path, BINGLIAN_MODE="prod")

    assert "choose one of production, demo, development, test" in answer.stderr


def test_the_demo_makes_its_own_secret_that_others_cannot_read(tmp_path):
    load(tmp_path, BINGLIAN_MODE="demo")

    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_tile_server_is_allowed_by_name_and_only_with_its_attribution(tmp_path):
    url = "https://tiles.example/{z}/{x}/{y}.png"
    script = (
        "from binglian.config import settings as s;"
        "print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['connect-src'])"
    )

    alone = load(tmp_path, **NEEDED, BINGLIAN_TILES_URL=url)
    named = load(
        tmp_path, **NEEDED, BINGLIAN_TILES_URL=url, BINGLIAN_TILES_ATTRIBUTION="©", script=script
    )
    wrong = load(tmp_path, **NEEDED, BINGLIAN_TILES_URL="tiles.example")

    assert "BINGLIAN_TILES_ATTRIBUTION is not set" in alone.stderr
    assert named.stdout == "[\"'self'\", 'https://tiles.example']\n"
    assert "BINGLIAN_TILES_URL must look like" in wrong.stderr


def test_production_asks_leads_for_a_second_factor_and_cannot_be_told_not_to(tmp_path):
    script = "from binglian.config import settings as s; print(s.SECOND_FACTOR)"

    asked = [
        load(tmp_path, script, **NEEDED, **wanted).stdout.strip()
        for wanted in ({}, {"BINGLIAN_SECOND_FACTOR": "everybody"})
    ]
    refused = load(tmp_path, script, **NEEDED, BINGLIAN_SECOND_FACTOR="nobody")

    assert asked == ["leads", "everybody"]
    assert "choose one of leads, everybody" in refused.stderr


def test_a_list_of_breached_passwords_is_looked_at_when_the_platform_starts(tmp_path):
    script = "from binglian.config import settings as s; print(s.BREACHED_PASSWORDS)"
    good, bad = tmp_path / "pwned.txt", tmp_path / "words.txt"
    good.write_text("0" * 40 + ":3\r\n")
    bad.write_text("password\n")

    taken, refused, missing, unsaid = (
        load(tmp_path, script, **NEEDED, BINGLIAN_BREACHED_PASSWORDS=said)
        for said in (str(good), str(bad), str(tmp_path / "gone.txt"), "")
    )

    assert (taken.stdout.strip(), unsaid.stdout.strip()) == (str(good), "None")
    assert "does not begin with a SHA-1 digest" in refused.stderr
    assert "cannot be read (No such file or directory)" in missing.stderr


def test_cookies_in_production_are_of_this_host_alone_over_https_and_no_scripts_business(tmp_path):
    script = (
        "from binglian.config import settings as s;"
        "names = ('SESSION', 'CSRF', 'LANGUAGE');"
        "print(*(getattr(s, f'{n}_COOKIE_NAME') for n in names), s.CARE_COOKIE_NAME);"
        "print(*(getattr(s, f'{n}_COOKIE_SECURE') for n in names));"
        "print(s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY);"
        "print(s.SECURE_HSTS_SECONDS >= 31536000, s.SECURE_HSTS_INCLUDE_SUBDOMAINS)"
    )

    assert load(tmp_path, script, **NEEDED).stdout.splitlines() == [
        "__Host-sessionid __Host-csrftoken __Host-django_language __Host-care",
        "True True True",
        "True True",
        "True True",
    ]


def test_sqlite_in_another_file_is_as_durable_as_in_ours(tmp_path):
    script = (
        "from django.db import connection\n"
        "names = 'journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'\n"
        "with connection.cursor() as cursor:\n"
        "    print([cursor.execute(f'PRAGMA {name}').fetchone()[0] for name in names])\n"
        "print(connection.transaction_mode, connection.settings_dict['NAME'])"
    )
    known = {"BINGLIAN_MODE": "test", "DJANGO_SETTINGS_MODULE": "binglian.config.settings"}
    elsewhere = tmp_path / "elsewhere.sqlite3"

    ours = load(tmp_path, script, **known)
    theirs = load(tmp_path, script, **known, DATABASE_URL=f"sqlite:///{elsewhere}")

    durable = f"{['wal', 2, 1, 60000]}\nIMMEDIATE"
    assert ours.stdout == f"{durable} {tmp_path / 'binglian.sqlite3'}\n"
    assert theirs.stdout == f"{durable} {elsewhere}\n"
