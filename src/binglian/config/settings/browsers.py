"""What browsers are told to allow: addresses, cookies, content."""

from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from binglian.config.settings import environment
from binglian.config.settings.environment import PRODUCTION

if PRODUCTION:
    environment.required("BINGLIAN_HOSTS", "the host names users type, comma separated")
    environment.required("BINGLIAN_URL", "links in mail and secure cookies depend on it")
HOSTS = environment.names("BINGLIAN_HOSTS")
ALLOWED_HOSTS = HOSTS if PRODUCTION else ["*"]
SITE_URL = environment.text("BINGLIAN_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
#: Scripts take the token from the page, where it is for them.
CSRF_COOKIE_HTTPONLY = True
# A browser takes a cookie of this prefix only from this very host, over HTTPS, for all paths.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
CARE_COOKIE_NAME = f"{COOKIE_PREFIX}care"
#: What is said after an act lies with the session, not in a cookie of its own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
#: A server of raster map tiles in WGS-84 (Web Mercator), ``https://…/{z}/{x}/{y}.png``; none by
#: default, so that a closed intranet and a reader's privacy need no outside call.
TILES_URL = environment.text("BINGLIAN_TILES_URL")
TILES_ATTRIBUTION = environment.text("BINGLIAN_TILES_ATTRIBUTION")
_tiles = urlsplit(TILES_URL)
if TILES_URL:
    if _tiles.scheme not in ("http", "https") or not all(f"{{{x}}}" in TILES_URL for x in "zxy"):
        environment.wrong(
            "BINGLIAN_TILES_URL must look like https://tiles.example/{z}/{x}/{y}.png."
        )
    if not TILES_ATTRIBUTION:
        environment.wrong("BINGLIAN_TILES_ATTRIBUTION is not set: say whose map the tiles show.")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, *([f"{_tiles.scheme}://{_tiles.netloc}"] if TILES_URL else [])],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
