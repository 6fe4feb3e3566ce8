"""The signed document of a version in force: made by a job, and made anew when somebody accedes."""

from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.roles import LEADS, Role
from binglian.domain.alliance.queries import people_with
from binglian.domain.governance.agreement_paper import agreed_signatures, paper_of
from binglian.domain.governance.models import AgreementVersion, SignedFile
from binglian.domain.governance.queries.signing import origin_of
from binglian.papers.agreement import typeset

from .sealing import Confirmation, seal_file

_SEALED = gettext_noop("《%(agreement)s》的已签文件已封印，共 %(count)s 个签名，可以下载。")


def seal_agreement_version(version_id: int) -> SignedFile:
    """Typeset, sign for everybody who agreed electronically, seal, and tell the secretariat.

    Raises
    ------
    PaperRefused
        The text cannot be typeset, for instance because a character has no glyph.
    ActionRefused
        A key cannot be used, or the time-stamping authority does not answer.
    """
    rows = AgreementVersion.objects.select_related("agreement__alliance")
    version = rows.get(pk=version_id)
    alliance = version.agreement.alliance
    file = seal_file(
        alliance=alliance,
        origin=origin_of(version),
        title=version.agreement.title,
        pdf=typeset(paper_of(version)),
        confirmations=[
            Confirmation(signature.organisation, signature.at, signature.consent)
            for signature in agreed_signatures(version)
            if signature.at and not signature.is_paper
        ],
    )
    notify(
        people_with(alliance, Role.SECRETARIAT, *LEADS),
        key=f"file:{file.pk}:sealed",
        message=_SEALED,
        facts={"agreement": version.agreement.title, "count": file.signatures},
        url=version.path,
    )
    return file
