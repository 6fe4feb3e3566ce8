"""What was added to a file revision by revision, and whether signing alone explains it."""

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel
from pyhanko.sign.fields import MDPPerm


def first_unexplained(reader: PdfFileReader) -> int | None:
    """The first revision after a signature that does more than sign or keep certificates.

    Each revision is compared with the one before it: with N signatures that is N comparisons,
    where comparing each signature's revision with all later ones would be N² / 2.
    """
    signatures = reader.embedded_regular_signatures
    if not signatures:
        return None
    first = min(signature.signed_revision for signature in signatures)
    for revision in range(first + 1, reader.xrefs.total_revisions):
        old, new = (reader.get_historical_resolver(n) for n in (revision - 1, revision))
        try:
            found = DEFAULT_DIFF_POLICY.apply(old, new, doc_mdp=MDPPerm.FILL_FORMS)
        except Exception:  # a suspicious change, or one that makes the reader stumble
            return revision
        if found.modification_level > ModificationLevel.FORM_FILLING:
            return revision
    return None
