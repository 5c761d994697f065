"""What a file really is, whatever it calls itself. Runs in a process of its own (see `sandbox`)."""

import io
import re
import zipfile
from dataclasses import dataclass, field

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

PHOTO_FORMATS = {"PNG", "JPEG", "GIF", "WEBP"}
LOGO_FORMATS = {"PNG", "JPEG", "WEBP"}
SMALLEST_LOGO = 48
LARGEST_SIDE = 12_000
LARGEST_AREA = 40_000_000
SMALLEST_SIDE = 100
SIZES = {"small": 96, "face": 240, "medium": 320, "large": 1024}
"""A portrait is square. `face` is for grids of many: at most `FACE_BYTES`, so that sixty stay under 600 kB."""
GALLERY_SIZES = {"small": 240, "medium": 800, "large": 1600}
"""A photo of the gallery keeps its proportions; each size is the longer side."""
FACE_BYTES = 10_000
QUALITIES = (82, 70, 58, 46, 34, 22, 12)

MOST_PAGES = 200
MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"


class Refused(ValueError):
    """The file is not acceptable; the message is a sentence for its owner."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What to keep: one blob per size (`""` for a document), and what they are."""

    media_type: str
    blobs: dict[str, bytes] = field(repr=False)


def photo(data: bytes) -> Inspected:
    """A portrait drawn anew, upright, square, without anything the camera or an attacker added (`UP-03`, `UP-04`).

    Raises:
        Refused: not a picture we accept, or one that is too large to open safely.
    """
    upright = _upright(data)
    return Inspected("image/webp", {name: _drawn(_square(upright, side), name) for name, side in SIZES.items()})


def gallery(data: bytes) -> Inspected:
    """A photo of a gallery: the same, but as tall or wide as it is.

    Raises:
        Refused: as `photo`.
    """
    upright = _upright(data)
    return Inspected("image/webp", {name: _drawn(_fitted(upright, side)) for name, side in GALLERY_SIZES.items()})


def _upright(data: bytes) -> Image.Image:
    picture = _opened(data, PHOTO_FORMATS, Refused("This is not a PNG, JPEG, GIF or WebP picture."))
    if min(picture.size) < SMALLEST_SIDE:
        raise Refused("This picture is too small. Please send one of at least 100 pixels a side.")
    return picture


def logo(data: bytes) -> Inspected:
    """A logo drawn anew, whole, its proportions and its transparency kept.

    Raises:
        Refused: not a picture we accept, or one that is too large to open safely.
    """
    upright = _opened(data, LOGO_FORMATS, Refused("This is not a PNG, JPEG or WebP picture."))
    if max(upright.size) < SMALLEST_LOGO:
        raise Refused("This logo is too small. Please send one of at least 48 pixels.")
    return Inspected("image/webp", {name: _whole(upright, side) for name, side in SIZES.items()})


def _opened(data: bytes, formats: set[str], otherwise: Refused) -> Image.Image:
    """The picture, upright."""
    try:
        with Image.open(io.BytesIO(data), formats=sorted(formats)) as opened:
            _check_size(opened.size)
            opened.seek(0)
            return ImageOps.exif_transpose(opened).convert("RGBA")
    except UnidentifiedImageError as error:
        raise otherwise from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("This picture is damaged. Please choose another one.") from error


def _check_size(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > LARGEST_AREA or max(size) > LARGEST_SIDE:
        raise Refused("This picture has too many pixels. Please send one of at most 40 megapixels.")


def _whole(picture: Image.Image, side: int) -> bytes:
    """The whole picture, at most `side` pixels wide and high; a small one stays as it is."""
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=90, method=4)
    return out.getvalue()


def _square(picture: Image.Image, side: int) -> Image.Image:
    return ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS)


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    scale = min(1, side / max(picture.size))
    width, height = (max(1, round(length * scale)) for length in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _drawn(picture: Image.Image, size: str = "") -> bytes:
    """A new picture on white; a face is drawn coarser until it is small enough."""
    canvas = Image.new("RGB", picture.size, "white")
    canvas.paste(picture, mask=picture.getchannel("A"))
    for quality in QUALITIES if size == "face" else QUALITIES[:1]:
        out = io.BytesIO()
        canvas.save(out, "WEBP", quality=quality, method=4)
        if size != "face" or out.tell() <= FACE_BYTES:
            break
    return out.getvalue()


def document(data: bytes) -> Inspected:
    """A CV as PDF, DOCX or DOC, unchanged (`UP-05`).

    Raises:
        Refused: another type, damaged, locked, or with something in it that runs.
    """
    if data.lstrip()[:5] == b"%PDF-":
        _check_pdf(data)
        return Inspected(PDF, {"": data})
    if data[:4] == b"PK\x03\x04":
        _check_docx(data)
        return Inspected(DOCX, {"": data})
    if data[:8] == OLE:
        _check_doc(data)
        return Inspected(DOC, {"": data})
    raise Refused("This is not a PDF, DOCX or DOC document.")


def _check_pdf(data: bytes) -> None:
    if b"%%EOF" not in data[-2048:] or b"startxref" not in data[-4096:]:
        raise Refused("This PDF is cut off. Please send it again.")
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise Refused("This PDF is locked with a password. Please send one that is not.")
        pages = len(reader.pages)
        catalogue = reader.trailer["/Root"].get_object()
        has_scripts = _acts(catalogue) or bool({"/JavaScript", "/EmbeddedFiles"} & _names(catalogue).keys())
    except Refused:
        raise
    except (PyPdfError, KeyError, TypeError, ValueError, AttributeError, RecursionError, IndexError) as error:
        raise Refused("This PDF is damaged. Please save it again and retry.") from error
    if pages == 0 or pages > MOST_PAGES:
        raise Refused("A CV has between 1 and 200 pages.")
    if has_scripts or re.search(rb"/(JavaScript|JS|Launch|EmbeddedFile)\b", data):
        raise Refused("This PDF has scripts or files in it. Please print it to a new PDF and send that.")


def _acts(catalogue: dict[str, object]) -> bool:
    """Whether opening the document runs something; merely going to a page is fine."""
    action = catalogue.get("/OpenAction")
    action = action.get_object() if hasattr(action, "get_object") else action
    return "/AA" in catalogue or (isinstance(action, dict) and action.get("/S") != "/GoTo")


def _names(catalogue: object) -> dict[str, object]:
    names = catalogue.get("/Names") if isinstance(catalogue, dict) else None
    return names.get_object() if names is not None else {}  # type: ignore[attr-defined]


def _check_docx(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise Refused("This document is too large when unpacked.")
            if "word/document.xml" not in names or "[Content_Types].xml" not in names:
                raise Refused("This is not a PDF, DOCX or DOC document.")
            if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js")) for name in names):
                raise Refused("This document has macros. Please save it without them.")
            _check_relations(archive, names)
            if archive.testzip() is not None:
                raise Refused("This document is damaged. Please save it again and retry.")
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise Refused("This document is damaged. Please save it again and retry.") from error


def _check_relations(archive: zipfile.ZipFile, names: set[str]) -> None:
    """Links in a CV are fine; templates, frames and objects fetched from elsewhere are not."""
    for name in names:
        if name.endswith(".rels"):
            for relation in re.findall(rb"<Relationship\b[^>]*>", archive.read(name)):
                if b'"External"' in relation and b"/hyperlink" not in relation:
                    raise Refused("This document fetches parts from elsewhere. Please save it as a PDF.")


def _check_doc(data: bytes) -> None:
    if "WordDocument".encode("utf-16-le") not in data:
        raise Refused("This is not a PDF, DOCX or DOC document.")
    if any(name.encode("utf-16-le") in data for name in ("_VBA_PROJECT", "Macros")):
        raise Refused("This document has macros. Please save it without them.")
