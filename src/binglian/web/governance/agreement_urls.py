"""Routes of agreements."""

from django.urls import path

from . import agreement_draft_views as drafts
from . import agreement_sign_views as signing
from . import agreement_views as agreements

_AGREEMENTS = "a/<slug:slug>/agreements/"
_VERSION = f"{_AGREEMENTS}<int:pk>/<int:edition>/"

urlpatterns = [
    path(_AGREEMENTS, agreements.agreements, name="agreements"),
    path(f"{_AGREEMENTS}new/", drafts.agreement_new, name="agreement_new"),
    path(f"{_AGREEMENTS}<int:pk>/", agreements.agreement, name="agreement"),
    path(f"{_AGREEMENTS}<int:pk>/begin/", agreements.begin, name="version_begin"),
    path(_VERSION, agreements.version, name="version"),
    path(f"{_VERSION}changes/", agreements.changes, name="version_changes"),
    path(f"{_VERSION}file/", agreements.signed_file, name="version_file"),
    path(f"{_VERSION}edit/", drafts.agreement_edit, name="agreement_edit"),
    path(f"{_VERSION}edit/clause/", drafts.clause_save, name="clause_save"),
    path(f"{_VERSION}edit/move/", drafts.clause_move, name="clause_move"),
    path(f"{_VERSION}edit/pledge/", drafts.pledge_save, name="pledge_save"),
    path(f"{_VERSION}edit/pledge/remove/", drafts.pledge_remove, name="pledge_remove"),
    path(f"{_VERSION}comments/", agreements.comments_open, name="comments_open"),
    path(f"{_VERSION}comments/new/", agreements.comment, name="comment"),
    path(f"{_VERSION}comments/<int:comment>/", agreements.comment_answer, name="comment_answer"),
    path(f"{_VERSION}freeze/", agreements.freeze, name="version_freeze"),
    path(f"{_VERSION}expel/", agreements.expel, name="expel"),
    path(f"{_VERSION}leave/<int:organisation>/", agreements.leave, name="leave"),
    path(f"{_VERSION}sign/<int:organisation>/", signing.sign, name="sign"),
    path(f"{_VERSION}paper/<int:organisation>/", signing.paper, name="paper"),
    path(f"{_VERSION}paper/<int:organisation>/scan/", signing.scan, name="scan"),
]
