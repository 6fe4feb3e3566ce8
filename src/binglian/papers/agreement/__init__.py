"""Agreements, ready to be signed."""

from .paper import Accession, AgreementPaper, Clause, Consent, Party, Promise
from .typeset import typeset

__all__ = ["Accession", "AgreementPaper", "Clause", "Consent", "Party", "Promise", "typeset"]
