"""An address to photograph from the screen."""

import qrcode
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage


def quick_response(link: str) -> SafeString:
    """A QR code of the link as SVG, without script or style of its own."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=2, box_size=10)
    code.add_data(link)
    image = code.make_image(image_factory=SvgPathImage)
    # Made here from an address; nothing in it is anybody's text.
    return mark_safe(image.to_string(encoding="unicode"))
