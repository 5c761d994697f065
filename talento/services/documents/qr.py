"""QR codes of public addresses: PNG for screens and print, SVG for any size."""

import io

import qrcode
import qrcode.image.svg
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE = 4  # modules; ISO/IEC 18004


def png(address: str, *, pixels_per_module: int = 12) -> bytes:
    """A black-on-white PNG."""
    out = io.BytesIO()
    _made(address, pixels_per_module).make_image(fill_color="black", back_color="white").save(out, "PNG")
    return out.getvalue()


def svg(address: str) -> bytes:
    """A single-path SVG that scales to any print size."""
    image = _made(address, 10).make_image(image_factory=qrcode.image.svg.SvgPathFillImage)
    return bytes(image.to_string())


def modules(address: str) -> list[list[bool]]:
    """The dark modules without the quiet zone, row by row, for drawing as vectors."""
    made = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    made.add_data(address)
    made.make(fit=True)
    return [[bool(cell) for cell in row] for row in made.get_matrix()]


def _made(address: str, box: int) -> qrcode.QRCode:
    made = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=box, border=QUIET_ZONE)
    made.add_data(address)
    made.make(fit=True)
    return made
