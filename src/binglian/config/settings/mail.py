"""Letters out and in."""

from binglian.config.settings import environment
from binglian.config.settings.environment import DATA

EMAIL_HOST = environment.text("BINGLIAN_MAIL_HOST")
EMAIL_PORT = environment.number("BINGLIAN_MAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("BINGLIAN_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.secret("BINGLIAN_MAIL_PASSWORD")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
if not EMAIL_HOST:
    # Without a mail server every message is kept as a file, so none is lost unseen.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA / "mail")
#: A mailbox whose unread messages are reports of residents; see `binglian mail-in --imap`.
IMAP_HOST = environment.text("BINGLIAN_IMAP_HOST")
IMAP_PORT = environment.number("BINGLIAN_IMAP_PORT", 993)
IMAP_USER = environment.text("BINGLIAN_IMAP_USER")
IMAP_PASSWORD = environment.secret("BINGLIAN_IMAP_PASSWORD")
IMAP_FOLDER = environment.text("BINGLIAN_IMAP_FOLDER", "INBOX")
DEFAULT_FROM_EMAIL = environment.text("BINGLIAN_MAIL_FROM", "binglian@localhost")
