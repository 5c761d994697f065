"""Files: what lies is refused, what is kept is drawn anew and encrypted, and only the right eyes see it."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from sqlalchemy import func, select

from talento.errors import Forbidden, Invalid, NotFound, TooLarge
from talento.models.files import StoredFile
from talento.services import accounts, drafts
from talento.services.talents import profile
from talento.services.uploads import blobs, inspection, store
from talento.services.work import SYSTEM, VISITOR, Actor, look, run
from tests import factories
from tests.factories import Cast, picture

HOLDER = "h" * 32
TEMPLATE = b'<Relationship Type="x/attachedTemplate" TargetMode="External" Target="http://x"/>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def pdf(pages: int = 1, **extra) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if extra.get("script"):
        action = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
        )
        writer._root_object[NameObject("/OpenAction")] = action
    if extra.get("locked"):
        writer.encrypt("pw")
    if extra.get("attached"):
        writer.add_attachment("x.exe", b"MZ")
    writer.write(out)
    return out.getvalue()


def docx(**extra: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
        for name, content in extra.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb(side: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()


def send(actor: Actor, kind: str, name: str, data: bytes, **more) -> store.FileView:
    return store.receive(actor, kind=kind, name=name, data=data, **more)


def kept() -> int:
    return look(SYSTEM, lambda work: work.session.scalar(select(func.count()).select_from(StoredFile)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_photo_is_kept_in_square_sizes(cast: Cast, kind: str) -> None:
    file = send(cast.zoe, "photo", f"me.{kind.lower()}", picture(kind=kind))

    for size, side in inspection.SIZES.items():
        shown = Image.open(io.BytesIO(store.read(cast.zoe, file.id, size=size).data))
        assert (shown.format, shown.size) == ("WEBP", (side, side))


@pytest.mark.parametrize(("width", "height"), [(900, 1600), (1600, 900), (2400, 3200), (150, 100)])
def test_a_photo_of_the_gallery_keeps_its_proportions(cast: Cast, width: int, height: int) -> None:
    file = send(cast.zoe, "gallery", "me.jpg", picture(width, height, "JPEG"))

    for size, side in inspection.GALLERY_SIZES.items():
        shown = Image.open(io.BytesIO(store.read(cast.zoe, file.id, size=size).data))
        assert shown.format == "WEBP"
        assert max(shown.size) == min(side, max(width, height))
        assert abs(shown.width / shown.height - width / height) < 0.02


def noise(side: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((side, side), 120).convert("RGB").save(out, "PNG")
    return out.getvalue()


def test_sixty_faces_stay_under_600_kilobytes_even_of_pictures_that_hardly_shrink(cast: Cast) -> None:
    file = send(cast.zoe, "photo", "me.png", noise(700))

    face = store.read(cast.zoe, file.id, size="face").data

    assert len(face) <= inspection.FACE_BYTES
    assert Image.open(io.BytesIO(face)).size == (240, 240)
    assert len(store.read(cast.zoe, file.id, size="medium").data) > inspection.FACE_BYTES


def test_a_portrait_older_than_the_face_size_is_shown_in_the_size_above(cast: Cast) -> None:
    file = send(cast.zoe, "photo", "me.png", picture())
    blobs.remove(file.id, ["face"])

    assert Image.open(io.BytesIO(store.read(cast.zoe, file.id, size="face").data)).size == (320, 320)


def test_nothing_the_camera_wrote_stays(cast: Cast) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "SecretCamera", {1: "N", 2: (34.0, 1.0, 0.0)}
    data = picture(kind="JPEG", exif=exif, comment=b"<script>alert(1)</script>") + b"PK\x03\x04trailer"

    file = send(cast.zoe, "photo", "me.jpg", data)

    shown = store.read(cast.zoe, file.id, size="large").data
    assert not Image.open(io.BytesIO(shown)).getexif()
    for trace in (b"SecretCamera", b"script", b"trailer"):
        assert trace not in shown


def test_a_turned_photo_stands_upright(cast: Cast) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    upright = Image.new("RGB", (300, 300), "black")
    upright.paste("white", (0, 0, 300, 60))
    out = io.BytesIO()
    upright.save(out, "JPEG", exif=exif)

    file = send(cast.zoe, "photo", "me.jpg", out.getvalue())

    shown = Image.open(io.BytesIO(store.read(cast.zoe, file.id, size="medium").data)).convert("L")
    assert shown.getpixel((300, 160)) > 200
    assert shown.getpixel((20, 160)) < 50


@pytest.mark.parametrize(
    ("kind", "name", "data"),
    [
        ("photo", "me.png", b"not a picture"),
        ("photo", "me.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("photo", "me.png", pdf()),
        ("photo", "me.png", picture()[:200]),
        ("photo", "me.exe", picture()),
        ("photo", "me.pdf", picture()),
        ("photo", "tiny.png", picture(20, 20)),
        ("photo", "bomb.png", bomb(13_000)),
        ("photo", "huge.png", bomb(10_000)),
        ("photo", "empty.png", b""),
        ("cv", "cv.pdf", picture()),
        ("cv", "cv.pdf", pdf()[:-80]),
        ("cv", "cv.pdf", b"%PDF-1.7 nothing else %%EOF startxref"),
        ("cv", "cv.pdf", pdf(script=True)),
        ("cv", "cv.pdf", pdf(locked=True)),
        ("cv", "cv.pdf", pdf(attached=True)),
        ("cv", "cv.docx", pdf()),
        ("cv", "cv.docx", b"PK\x03\x04" + b"\0" * 50),
        ("cv", "cv.docx", docx(**{"word/vbaProject.bin": b"x"})),
        ("cv", "cv.docx", docx(**{"word/_rels/settings.xml.rels": TEMPLATE})),
        ("cv", "cv.doc", OLE),
        ("cv", "cv.html", b"<html><script>alert(1)</script></html>"),
        ("video", "me.mp4", b"x"),
        ("gallery", "me.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 500),
        ("gallery", "me.png", pdf()),
        ("gallery", "bomb.png", bomb(13_000)),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused_in_words(cast: Cast, kind: str, name: str, data: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        send(cast.zoe, kind, name, data)

    assert refusal.value.text("fr") != refusal.value.text("en")
    assert kept() == 0


@pytest.mark.parametrize(
    ("name", "data"),
    [("cv.pdf", pdf(3)), ("CV.DOCX", docx()), ("cv.doc", OLE + "WordDocument".encode("utf-16-le"))],
)
def test_a_cv_comes_back_unchanged_as_a_download(cast: Cast, name: str, data: bytes) -> None:
    file = send(cast.zoe, "cv", name, data)

    content = store.read(cast.zoe, file.id)

    assert (content.data, content.name, content.is_inline) == (data, name, False)


def test_a_cv_with_ordinary_links_is_fine(cast: Cast) -> None:
    link = b'<Relationship Type="http://x/hyperlink" TargetMode="External" Target="https://amina.example"/>'

    assert send(cast.zoe, "cv", "cv.docx", docx(**{"word/_rels/document.xml.rels": link})).id


def test_a_file_over_its_limit_is_refused(cast: Cast) -> None:
    with pytest.raises(TooLarge):
        send(cast.zoe, "photo", "me.png", b"x" * (5 * store.MB + 1))


def test_on_disk_a_file_is_noise_and_its_key_is_sealed(cast: Cast) -> None:
    file = send(cast.zoe, "cv", "cv.pdf", pdf())

    [path] = blobs.folder().rglob(file.id)
    assert b"%PDF" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_an_altered_blob_is_not_served(cast: Cast) -> None:
    file = send(cast.zoe, "cv", "cv.pdf", pdf())
    [path] = blobs.folder().rglob(file.id)
    stored = path.read_bytes()
    path.write_bytes(stored[:-1] + bytes([stored[-1] ^ 1]))

    with pytest.raises(Exception, match="altered"):
        store.read(cast.zoe, file.id)


@pytest.mark.parametrize(
    ("said", "kept_as"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\cv.pdf", "cv.pdf"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("line\nbreak.pdf", "linebreak.pdf"),
    ],
)
def test_names_are_cleaned(said: str, kept_as: str) -> None:
    assert store.clean_name(said) == kept_as


def test_only_the_right_eyes_see_a_file(cast: Cast) -> None:
    amina, made = factories.talent()
    photo, cv = send(amina, "photo", "me.png", picture()), send(amina, "cv", "cv.pdf", pdf())
    loose = send(amina, "photo", "other.png", picture())
    run(amina, profile.attach, kind="photo", file_id=photo.id)
    run(amina, profile.attach, kind="cv", file_id=cv.id)

    def sees(actor: Actor, file_id: str) -> bool:
        try:
            return bool(store.read(actor, file_id))
        except NotFound:
            return False

    assert [sees(one, photo.id) for one in (amina, cast.youssef, cast.awa, cast.zoe, cast.nadia, VISITOR)] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert [sees(one, cv.id) for one in (amina, cast.youssef, cast.zoe, VISITOR)] == [True, True, False, False]
    assert [sees(one, loose.id) for one in (amina, cast.youssef, VISITOR)] == [True, False, False]

    run(amina, profile.show_to, visibility="public", published=["photo"], display_name="")
    assert sees(VISITOR, photo.id) and not sees(VISITOR, cv.id)
    run(amina, profile.show_to, visibility="public", published=["bio"], display_name="")
    assert not sees(VISITOR, photo.id)
    run(amina, profile.show_to, visibility="hidden", published=["photo"], display_name="")
    assert not sees(cast.youssef, photo.id)
    run(cast.awa, accounts.suspend, amina.user_id)
    assert not sees(cast.youssef, cv.id)


@pytest.mark.parametrize("file_id", ["", "x", "../../etc/passwd", "0" * 32, "0" * 31 + "%"])
def test_a_made_up_file_is_not_found(cast: Cast, file_id: str) -> None:
    with pytest.raises(NotFound):
        store.read(cast.awa, file_id)


def test_a_replaced_photo_is_destroyed(cast: Cast) -> None:
    amina, _ = factories.talent()
    first, second = send(amina, "photo", "1.png", picture()), send(amina, "photo", "2.png", picture())
    run(amina, profile.attach, kind="photo", file_id=first.id)

    run(amina, profile.attach, kind="photo", file_id=second.id)

    assert not list(blobs.folder().rglob(f"{first.id}*"))
    with pytest.raises(NotFound):
        store.read(amina, first.id)


def test_nobody_attaches_somebody_elses_file(cast: Cast) -> None:
    amina, _ = factories.talent()
    karim, _ = factories.talent(email="karim@example.com")
    file = send(amina, "photo", "1.png", picture())

    with pytest.raises(Invalid):
        run(karim, profile.attach, kind="photo", file_id=file.id)


def test_a_visitor_uploads_only_into_a_draft_of_theirs(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        send(VISITOR, "photo", "me.png", picture(), draft_holder=HOLDER)
    run(VISITOR, drafts.save, HOLDER, step="documents", data={"first_name": "Amina"})

    file = send(VISITOR, "photo", "me.png", picture(), draft_holder=HOLDER)

    assert store.read(VISITOR, file.id, draft_holder=HOLDER).is_inline
    with pytest.raises(NotFound):
        store.read(VISITOR, file.id, draft_holder="o" * 32)
    run(VISITOR, drafts.let_go, HOLDER)
    assert kept() == 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", OLE[:8], b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff"]),
)
def test_any_bytes_are_refused_politely(data: bytes, start: bytes) -> None:
    for check in (inspection.photo, inspection.document):
        with pytest.raises(inspection.Refused):
            check(start + data)
