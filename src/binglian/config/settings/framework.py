"""Which parts Django is put together from, and in which order requests pass them."""

INSTALLED_APPS = [
    "binglian.web",  # first: its templates stand before those of allauth
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "template_partials",
    "django_vite",
    "django_tasks",
    "django_tasks_db",
    "ninja",  # its pages come with the package, not from elsewhere
    "binglian.domain.accounts",
    "binglian.domain.ledger",
    "binglian.domain.places",
    "binglian.domain.alliance",
    "binglian.domain.clients",
    "binglian.domain.governance",
    "binglian.domain.coupling",
    "binglian.domain.checkups",
    "binglian.domain.heritage",
    "binglian.domain.projects",
    "binglian.domain.matters",
    "binglian.domain.openness",
    "binglian.domain.checks",
    "binglian.domain.newsroom",
    "binglian.domain.indicators",
    "binglian.domain.publishing",
    "binglian.domain.search",
    "binglian.domain.operations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "binglian.web.operations.middleware.ObservingMiddleware",
    "binglian.web.guarding.BodyLimitMiddleware",  # before anything reads what was sent
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "binglian.web.accounts.lifetimes.LifetimeMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "binglian.web.accounts.requiring.SecondFactorMiddleware",
    "binglian.web.middleware.PreferencesMiddleware",
    "binglian.web.guarding.SteadyMiddleware",
    "binglian.web.middleware.RefusalMiddleware",
    "binglian.web.once.OnceMiddleware",
]

ROOT_URLCONF = "binglian.config.urls"
WSGI_APPLICATION = "binglian.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

#: Long lists to choose from come out as Django's do, in a tenth of the time.
FORM_RENDERER = "binglian.web.form_renderer.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "binglian.web.context.desk",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "binglian.web.templatetags.desk",
                "binglian.web.templatetags.once",
                "binglian.web.templatetags.rows",
            ],
        },
    }
]
