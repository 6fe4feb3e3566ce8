"""A production site that is unsafe is told why, and what to do."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from binglian.domain.ledger.keys import make_signing_key
from binglian.domain.operations.safety import dangers, file_system_of, refuse_if_unsafe

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def locked_key(tmp_path_factory):
    """A key file, encrypted; making it is slow by design."""
    return tmp_path_factory.mktemp("key") / "ledger-key.pem"


@pytest.fixture
def site(settings, tmp_path, locked_key):
    """A site in order: production as the guide sets it up."""
    tmp_path.chmod(0o700)
    settings.PRODUCTION = True
    settings.DEBUG = False
    settings.SITE_URL = "https://alliance.example"
    settings.ALLOWED_HOSTS = ["alliance.example"]
    settings.SECRET_KEY = "Jk3v9pQ2xT7mW5nB8rC1yF6hL4sD0gZa"
    settings.KEY_ENCRYPTION_KEY = "uE4iO7tR2wQ9aS6dF3gH8jK1lZ5xC0vB"
    settings.DATA = tmp_path
    settings.DATABASES["default"] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "binglian.sqlite3"),
    }
    settings.LEDGER_KEY_FILE = locked_key
    settings.LEDGER_KEY_PASSPHRASE = "correct horse"
    if not locked_key.exists():
        make_signing_key()
    return settings


def test_a_site_set_up_as_the_guide_says_is_safe(site):
    assert dangers() == []
    refuse_if_unsafe()


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("SITE_URL", "http://alliance.example", "BINGLIAN_URL"),
        ("SITE_URL", "alliance.example", "BINGLIAN_URL"),
        ("SITE_URL", "https://other.example", "other.example"),
        ("ALLOWED_HOSTS", ["alliance.example", "*"], "BINGLIAN_HOSTS"),
        ("DEBUG", True, "DEBUG"),
        ("SECRET_KEY", "short", "BINGLIAN_SECRET_KEY"),
        ("SECRET_KEY", "x" * 60, "BINGLIAN_SECRET_KEY"),
        ("KEY_ENCRYPTION_KEY", "k" * 32, "BINGLIAN_KEY_ENCRYPTION_KEY"),
        ("KEY_ENCRYPTION_KEY", "Jk3v9pQ2xT7mW5nB8rC1yF6hL4sD0gZa", "BINGLIAN_SECRET_KEY"),
        ("LEDGER_KEY_PASSPHRASE", "wrong", "BINGLIAN_LEDGER_KEY_PASSPHRASE"),
    ],
)
def test_one_unsafe_setting_is_one_danger_that_names_it(site, setting, value, told):
    setattr(site, setting, value)

    (danger,) = dangers()
    assert told in danger


def test_a_site_on_this_machine_alone_may_do_without_https(site):
    site.SITE_URL, site.ALLOWED_HOSTS = "http://127.0.0.1:8000", ["127.0.0.1"]

    assert dangers() == []


def test_a_ledger_key_must_be_there(site, tmp_path):
    site.LEDGER_KEY_FILE = tmp_path / "none.pem"

    (danger,) = dangers()
    assert "binglian ledger key --make" in danger


def test_a_ledger_key_must_be_encrypted(site, tmp_path):
    site.LEDGER_KEY_FILE = tmp_path / "plain.pem"
    site.PRODUCTION, site.LEDGER_KEY_PASSPHRASE = False, ""
    make_signing_key()
    site.PRODUCTION = True

    (danger,) = dangers()
    assert "openssl pkcs8" in danger


def test_nobody_else_reads_keys_and_data(site, tmp_path):
    folder = tmp_path / "p12"
    folder.mkdir()
    (folder / "platform.p12").write_bytes(b"")
    (folder / "platform.p12").chmod(0o644)
    site.PKCS12_FOLDER = str(folder)
    tmp_path.chmod(0o755)

    keys, data = dangers()
    assert f"chmod 600 {folder}/platform.p12" in keys
    assert f"chmod o= {tmp_path}" in data


def test_sqlite_does_not_lie_on_a_network_share(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "rootfs / ext4 rw 0 0\nserver:/x /mnt nfs4 rw 0 0\ndisk /mnt/own\\040disk xfs rw 0 0\n"
    )

    kinds = [file_system_of(path, mounts) for path in map(tmp_path.joinpath, (
        "/srv/binglian.sqlite3", "/mnt/binglian.sqlite3", "/mnt/own disk/binglian.sqlite3",
    ))]  # fmt: skip
    assert kinds == ["ext4", "nfs4", "xfs"]


def test_a_mail_password_is_not_sent_in_the_clear(site):
    site.EMAIL_HOST, site.EMAIL_HOST_PASSWORD = "mail.example", "secret"
    site.EMAIL_USE_TLS = site.EMAIL_USE_SSL = False

    (danger,) = dangers()
    assert "BINGLIAN_MAIL_PORT" in danger


def test_everything_unsafe_is_told_at_once(site):
    site.ALLOWED_HOSTS, site.SECRET_KEY = ["*"], "short"

    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_if_unsafe()

    assert len(str(refused.value).splitlines()) == 2


def test_other_modes_are_not_asked(site):
    site.PRODUCTION, site.SECRET_KEY = False, "short"

    assert dangers() == []
