"""Secrets: what signs sessions, the ledger and agreements; what contacts are encrypted with."""

from pathlib import Path

from binglian.config.settings import environment
from binglian.config.settings.environment import DATA, DEMO, MODE, PRODUCTION

if DEMO:
    # Everybody in the demonstration signs in with it; it exists in no other mode.
    DEMO_PASSWORD = "binglian-demo"  # noqa: S105
    #: So that other programs can be tried on it.
    DEMO_API_KEY = "bl_demo"

if PRODUCTION:
    SECRET_KEY = environment.required("BINGLIAN_SECRET_KEY", "it signs sessions and links")
elif MODE == "test":
    SECRET_KEY = "only for tests"  # noqa: S105
else:
    SECRET_KEY = environment.kept_secret("secret.key")

#: Ed25519 private key (PEM) that signs ledger checkpoints.
LEDGER_KEY_FILE = Path(environment.text("BINGLIAN_LEDGER_KEY") or DATA / "ledger-key.pem")
#: What that file is encrypted with; production accepts no other.
LEDGER_KEY_PASSPHRASE = environment.secret("BINGLIAN_LEDGER_KEY_PASSPHRASE")
#: Public keys of former times (hexadecimal, comma separated) whose checkpoints still count.
LEDGER_FORMER_KEYS = environment.names("BINGLIAN_LEDGER_FORMER_KEYS")

#: Who certifies the organisations' signatures: the platform itself (``builtin``), or an outside
#: authority whose keys lie in PKCS#12 files or in a PKCS#11 device.
SIGNING = environment.one_of("BINGLIAN_SIGNING", ("builtin", "pkcs12", "pkcs11"))
#: What the organisations' signing keys and the contacts of residents are encrypted with.
if PRODUCTION:
    KEY_ENCRYPTION_KEY = environment.required(
        "BINGLIAN_KEY_ENCRYPTION_KEY", "signing keys and residents' contacts are encrypted with it"
    )
    if 0 < len(KEY_ENCRYPTION_KEY) < 32:
        environment.wrong("BINGLIAN_KEY_ENCRYPTION_KEY is shorter than 32 characters.")
elif MODE == "test":
    KEY_ENCRYPTION_KEY = "only for tests"
else:
    KEY_ENCRYPTION_KEY = environment.kept_secret("key-encryption.key")
#: PKCS#12: a folder with one ``<code>.p12`` for each organisation and ``platform.p12``.
PKCS12_FOLDER = environment.text("BINGLIAN_PKCS12_FOLDER", "")
PKCS12_PASSWORD = environment.text("BINGLIAN_PKCS12_PASSWORD", "")
#: PKCS#11: the device's library, its token and PIN; keys carry the code as their label.
PKCS11_MODULE = environment.text("BINGLIAN_PKCS11_MODULE", "")
PKCS11_TOKEN = environment.text("BINGLIAN_PKCS11_TOKEN", "")
PKCS11_PIN = environment.text("BINGLIAN_PKCS11_PIN", "")
#: Outside roots (PEM) that signatures and time-stamps may lead to, beside the platform's own.
TRUST_FILE = environment.text("BINGLIAN_TRUST")
#: RFC 3161 time-stamping authority; none in a closed intranet.
TSA_URL = environment.text("BINGLIAN_TSA_URL")
