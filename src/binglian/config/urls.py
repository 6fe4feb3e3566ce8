"""All routes; each subject brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("binglian.web.open_data.urls")),
    path("", include("binglian.web.accounts.urls")),
    path("", include("binglian.web.alliance.urls")),
    path("", include("binglian.web.governance.urls")),
    path("", include("binglian.web.coupling.urls")),
    path("", include("binglian.web.projects.urls")),
    path("", include("binglian.web.checkups.urls")),
    path("", include("binglian.web.places.urls")),
    path("", include("binglian.web.places.public_urls")),
    path("", include("binglian.web.matters.desk_urls")),
    path("", include("binglian.web.matters.public_urls")),
    path("", include("binglian.web.matters.map_urls")),
    path("", include("binglian.web.checks.books.urls")),
    path("", include("binglian.web.checks.books.public_urls")),
    path("", include("binglian.web.checks.site.urls")),
    path("", include("binglian.web.newsroom.importing.urls")),
    path("", include("binglian.web.newsroom.urls")),
    path("", include("binglian.web.newsroom.public_urls")),
    path("", include("binglian.web.openness.urls")),
    path("", include("binglian.web.indicators.urls")),
    path("", include("binglian.web.search.urls")),
    path("", include("binglian.web.portal.urls")),
    path("", include("binglian.web.ledger.urls")),
    path("", include("binglian.web.clients.urls")),
    path("", include("binglian.api.urls")),
    path("", include("binglian.web.operations.urls")),
]

handler400 = "binglian.web.operations.views.bad_request"
handler500 = "binglian.web.operations.views.server_error"
