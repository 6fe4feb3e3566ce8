"""Accounts, passwords, second factors, sessions, and how often anybody may try."""

from binglian.config.settings import environment
from binglian.config.settings.environment import DEMO, MODE, PRODUCTION

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, object]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS += [
    # Long rather than with signs of every kind, which people write on paper.
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "binglian.domain.accounts.passwords.OwnWordsValidator"},
    {"NAME": "binglian.domain.accounts.passwords.BreachedPasswordValidator"},
]
if DEMO:  # its one password is printed on the sign-in page, and may resemble a user name
    AUTH_PASSWORD_VALIDATORS = []
#: Sorted SHA-1 digests of passwords that were made public, in a file of the operator; None: none.
BREACHED_PASSWORDS = environment.sorted_digests("BINGLIAN_BREACHED_PASSWORDS")
ACCOUNT_ADAPTER = "binglian.web.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # its letter would invite to sign up, which is closed
ACCOUNT_SESSION_REMEMBER = None
# Beside those allauth brings. Many people share an address: more than «report» makes a report
# doubtful, only more than «report_flood» is turned away.
ACCOUNT_RATE_LIMITS = {
    "apply": "10/h/ip",
    "report": "20/h/ip",
    "report_flood": "200/h/ip",
    "report_hints": "120/m/ip",
    # Each sends a letter to somebody who has not asked for it yet.
    "follow": "20/h/ip",
}
# Limits count the address of the reader, not that of the proxy in front of us.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("BINGLIAN_PROXIES", 0)
#: Who may not work without a second factor: the leads, their delegates and administrators, or
#: everybody. Demonstration and tests ask nobody, so that one click is enough to try a seat.
_ASKED = ("leads", "everybody")
SECOND_FACTOR = environment.one_of(
    "BINGLIAN_SECOND_FACTOR", _ASKED if PRODUCTION else ("nobody", *_ASKED)
)
MFA_ADAPTER = "binglian.web.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_TOTP_ISSUER = "Binglian"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts come from the secretariat, not from sign-up
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
#: A sign-in ends after so many minutes without a request, and after SESSION_COOKIE_AGE anyhow.
IDLE_MINUTES = environment.number("BINGLIAN_IDLE_MINUTES", 60)
if not 5 <= IDLE_MINUTES <= SESSION_COOKIE_AGE // 60:
    environment.wrong("BINGLIAN_IDLE_MINUTES: write a number of minutes from 5 to 720.")
