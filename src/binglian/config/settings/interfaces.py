"""Other programs: the API, webhooks, open data."""

from binglian.config.settings import environment
from binglian.config.settings.browsers import SITE_URL

#: Requests a minute from one address without a key; a key brings its own limit.
API_PER_MINUTE = environment.number("BINGLIAN_API_PER_MINUTE", 120)
#: Whom their authors ask, e.g. for a key.
API_CONTACT = environment.text("BINGLIAN_API_CONTACT", SITE_URL)

#: Networks (CIDR, comma separated) of our own that webhooks may be sent to, e.g. 10.1.0.0/16; none
#: by default, so that nobody is led into the intranet by an address somebody typed.
WEBHOOK_NETWORKS = environment.names("BINGLIAN_WEBHOOK_NETWORKS")
#: Under what terms anybody may use the open data: the address of a licence and its short name.
OPEN_DATA_LICENCE = environment.text(
    "BINGLIAN_OPEN_DATA_LICENCE", "https://creativecommons.org/licenses/by/4.0/"
)
OPEN_DATA_LICENCE_NAME = environment.text("BINGLIAN_OPEN_DATA_LICENCE_NAME", "CC BY 4.0")
