"""Routes of governance; those of meetings are composed in."""

from django.urls import path

from . import (
    agreement_urls,
    certificate_views,
    decision_views,
    evaluation_urls,
    lead_views,
    meeting_urls,
    rota_urls,
    rule_views,
)

app_name = "governance"

urlpatterns = [
    *agreement_urls.urlpatterns,
    path("signing/roots.pem", certificate_views.roots, name="roots"),
    path("signing/revoked.crl", certificate_views.revoked, name="revoked"),
    path("a/<slug:slug>/decisions/", decision_views.decisions, name="decisions"),
    path("a/<slug:slug>/decisions/<int:pk>/", decision_views.decision, name="decision"),
    path("a/<slug:slug>/decisions/<int:pk>/withdraw/", decision_views.withdraw, name="withdraw"),
    path("a/<slug:slug>/decisions/rules/", rule_views.rules, name="rules"),
    path("a/<slug:slug>/decisions/rules/edit/", rule_views.rules_edit, name="rules_edit"),
    path("a/<slug:slug>/decisions/delegations/", lead_views.delegations, name="delegations"),
    path("a/<slug:slug>/decisions/delegations/new/", lead_views.delegate, name="delegate"),
    path("a/<slug:slug>/decisions/delegations/<int:pk>/revoke/", lead_views.revoke, name="revoke"),
    path("a/<slug:slug>/decisions/superiors/new/", lead_views.superior_new, name="superior_new"),
    path(
        "a/<slug:slug>/decisions/superiors/<int:pk>/remove/",
        lead_views.superior_remove,
        name="superior_remove",
    ),
    *meeting_urls.urlpatterns,
    *rota_urls.urlpatterns,
    *evaluation_urls.urlpatterns,
]
