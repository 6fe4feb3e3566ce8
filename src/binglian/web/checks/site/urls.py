"""Routes of findings on sites."""

from django.urls import path

from . import field_views, finding_views, notice_views

app_name = "site"

_ALL = "a/<slug:slug>/findings"
_ONE = f"{_ALL}/<int:finding_pk>"

urlpatterns = [
    path(f"{_ALL}/", finding_views.findings, name="findings"),
    path(f"{_ALL}/trends/", finding_views.finding_trends, name="trends"),
    path(f"{_ALL}/new/<int:project_pk>/", field_views.new_finding, name="new_finding"),
    path(f"{_ONE}/", finding_views.finding, name="finding"),
    path(f"{_ONE}/notice.pdf", notice_views.notice, name="notice"),
    path(f"{_ONE}/photos/<int:finding_photo_pk>/", finding_views.photo, name="finding_photo"),
    path(f"{_ONE}/<slug:step>/", finding_views.finding_act, name="finding_act"),
    path("field-worker.js", field_views.field_worker, name="field_worker"),
]
