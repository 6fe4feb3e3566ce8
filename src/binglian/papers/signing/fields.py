"""Signature fields: all of them are made before the first signature, or it would not hold."""

import hashlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, cast

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    append_signature_field,
)

from .codes import PLATFORM, field_of


def with_fields(pdf: bytes, places: Sequence[Mapping[str, Any]]) -> bytes:
    """The PDF with an empty signature field at each place.

    Parameters
    ----------
    places
        Each with ``field``, ``name`` (for screen readers and for who examines the file),
        ``page`` from 0, and ``left``, ``top``, ``width``, ``height`` in points from the top left.
    """
    writer = _Steady(BytesIO(pdf))
    height = float(writer.root["/Pages"]["/Kids"][0]["/MediaBox"][3])
    for place in places:
        left, top = place["left"], height - place["top"]
        box = (left, top - place["height"], left + place["width"], top)
        append_signature_field(writer, _spec(place, box))
    written = BytesIO()
    writer.write(written)  # type: ignore[no-untyped-call]
    return written.getvalue()


class _Steady(IncrementalPdfFileWriter):
    """Writes the same bytes each time: neither today's date nor an identifier by chance."""

    def __init__(self, pdf: BytesIO) -> None:
        super().__init__(pdf)
        digest = hashlib.sha256(pdf.getvalue()).digest()
        self._document_id[1] = generic.ByteStringObject(digest[:16])

    def _update_meta(self) -> None:
        """What typst wrote about the file holds."""


def _spec(place: Mapping[str, Any], box: tuple[float, ...]) -> SigFieldSpec:
    is_last = place["field"] == field_of(PLATFORM)
    # The platform's seal closes the file: whatever is added later is reported (ISO 32000-2).
    lock: dict[str, Any] = {
        "field_mdp_spec": FieldMDPSpec(FieldMDPAction.ALL),
        "doc_mdp_update_value": MDPPerm.NO_CHANGES,
    }
    return SigFieldSpec(
        place["field"],
        on_page=place["page"],
        box=cast(tuple[int, int, int, int], box),  # fractions of a point are right too
        readable_field_name=place["name"],
        **(lock if is_last else {}),
    )
