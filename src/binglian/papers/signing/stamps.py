"""What a signature looks like on paper: organisation, «电子确认», time, certificate."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    InnerScaling,
    Margins,
    SimpleBoxLayoutRule,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from binglian.papers.typesetting import Sheet

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_WHOLE_PLACE = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID,
    y_align=AxisAlignment.ALIGN_MID,
    margins=Margins.uniform(0),
    inner_content_scaling=InnerScaling.STRETCH_FILL,
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The text of one stamp."""

    name: str
    word: str
    #: When the organisation confirmed, as it is to be read.
    at: str
    #: The certificate's serial number in hexadecimal.
    serial: str


def stamp_style(stamp: Stamp) -> StaticStampStyle:
    """The appearance of a stamp. Each is typeset alone, so that it carries few characters."""
    sheet = Sheet("signing/stamp.typ", asdict(stamp))
    page = _Page(PdfFileReader(BytesIO(sheet.pdf(_NO_DATE))))
    return StaticStampStyle(background=page, background_layout=_WHOLE_PLACE, border_width=0)


class _Page(PdfContent):
    """The one page of a PDF in memory, as content of another."""

    def __init__(self, pdf: PdfFileReader) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(self._pdf)
        left, bottom, right, top = map(float, page.get_object()["/BBox"])
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        self.resources.xobject["/Stamp"] = page
        return b"/Stamp Do"
