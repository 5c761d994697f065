"""Files in and out over HTTP. Source: S5, UP-01, UP-02, UP-06, UP-07, AZ-05."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from talento.services import drafts
from talento.services.talents import profile
from talento.services.work import VISITOR, Actor, run
from tests.factories import picture
from tests.http.conftest import HOLDER, Open, is_problem, on_one

MB = 1024 * 1024
SANDBOX = "default-src 'none'; sandbox"


def send(client: TestClient, kind: str, name: str, data: bytes, **headers: str) -> Response:
    return client.post(f"/files?kind={kind}", files={"file": (name, data)}, headers=headers)


def pdf() -> bytes:
    from pypdf import PdfWriter

    out, made = io.BytesIO(), PdfWriter()
    made.add_blank_page(200, 200)
    made.write(out)
    return out.getvalue()


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", "<document/>")
    return out.getvalue()


def test_a_photo_is_taken_and_shown_to_its_owner(own: TestClient) -> None:
    kept = send(own, "photo", "me.png", picture())

    assert kept.status_code == 201
    assert kept.json().keys() == {"id", "name", "url", "size"}
    for size in ("small", "medium", "large", "enormous"):
        shown = own.get(kept.json()["url"] + f"?size={size}")
        assert shown.status_code == 200
        assert shown.headers["content-type"].startswith("image/")
        assert shown.headers["content-disposition"] == "inline"
        assert shown.headers["content-security-policy"] == SANDBOX
        assert shown.headers["x-content-type-options"] == "nosniff"
        assert shown.headers["cross-origin-resource-policy"] == "same-origin"
        assert shown.headers["vary"] == "Cookie"
        assert shown.headers["cache-control"].startswith("private")


@on_one
def test_a_cv_is_handed_out_as_a_download_under_its_own_name(own: TestClient) -> None:
    kept = send(own, "cv", 'Été "2027"\r\nX-Evil: 1/../CV.pdf', pdf())
    assert kept.status_code == 201, kept.text

    shown = own.get(kept.json()["url"])

    assert shown.headers["content-type"] == "application/pdf"
    assert shown.headers["content-disposition"] == "attachment; filename*=UTF-8''CV.pdf"
    assert shown.headers["content-security-policy"] == SANDBOX
    assert shown.headers["cache-control"] == "no-store"
    assert "x-evil" not in shown.headers


@on_one
@pytest.mark.parametrize(
    ("kind", "name", "data"),
    [
        ("photo", "a.png", b"MZ a program"),
        ("photo", "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("photo", "a.png", b"<html><script>alert(1)</script>"),
        ("photo", "a.png", picture()[:200]),
        ("photo", "a.pdf", picture()),
        ("photo", "a.html", picture()),
        ("photo", "a.png", pdf()),
        ("cv", "a.pdf", picture()),
        ("cv", "a.docx", pdf()),
        ("cv", "a.pdf", b"%PDF-1.7 and then nothing"),
        ("cv", "a.pdf", b""),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_words(
    own: TestClient, kind: str, name: str, data: bytes
) -> None:
    answer = send(own, kind, name, data)

    assert is_problem(answer, 422)
    assert answer.json()["errors"][0]["field"] == kind


@on_one
@pytest.mark.parametrize("kind", ["", "film", "PHOTO", "../photo", "photo\x00"])
def test_a_kind_that_there_is_not_is_refused(own: TestClient, kind: str) -> None:
    answer = own.post("/files", params={"kind": kind}, files={"file": ("a.png", picture())})

    assert is_problem(answer, 422)


@on_one
@pytest.mark.parametrize(("kind", "most"), [("photo", 5), ("cv", 10), ("gallery", 10)])
def test_more_than_the_limit_is_cut_with_413(own: TestClient, kind: str, most: int) -> None:
    answer = send(own, kind, "a.pdf", b"x" * (most * MB + 1))

    assert is_problem(answer, 413)
    assert str(most) in answer.json()["detail"]


def endless(megabytes: int, taken: list[int]) -> Iterator[bytes]:
    yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    for _ in range(megabytes):
        taken.append(MB)
        yield b"x" * MB
    yield b"\r\n--b--\r\n"


@on_one
@pytest.mark.parametrize("megabytes", [12, 40])
def test_a_body_without_a_length_is_cut_too(own: TestClient, megabytes: int) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=b"}

    answer = own.post("/files?kind=cv", content=endless(megabytes, []), headers=headers)

    assert is_problem(answer, 413)


@on_one
def test_a_video_of_300_megabytes_is_cut_long_before_its_end(own: TestClient) -> None:
    taken: list[int] = []
    headers = {"Content-Type": "multipart/form-data; boundary=b"}

    answer = own.post("/files?kind=gallery", content=endless(300, taken), headers=headers)

    assert is_problem(answer, 413)


@on_one
@pytest.mark.parametrize("megabytes", [17, 300, 2000])
def test_a_length_beyond_all_limits_is_refused_before_it_is_read(own: TestClient, megabytes: int) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Content-Length": str(megabytes * MB)}

    assert is_problem(own.post("/files?kind=cv", content=b"x", headers=headers), 413)


@on_one
@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"file=x"),
        ({"Content-Type": "multipart/form-data; boundary=b"}, b"--b--\r\n"),
        ({"Content-Type": "text/plain"}, b"x"),
        ({"Content-Type": "application/json"}, b'{"file": 1}'),
        ({}, b""),
    ],
)
def test_no_file_is_told_in_words(own: TestClient, headers: dict[str, str], body: bytes) -> None:
    assert is_problem(own.post("/files?kind=photo", content=body, headers=headers), 422)


BROKEN = {
    "two files": b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nx\r\n' * 2
    + b"--b--\r\n",
    "no boundary inside": b"nothing like a form",
    "many fields": b'--b\r\nContent-Disposition: form-data; name="f"\r\n\r\nx\r\n' * 9 + b"--b--\r\n",
    "no name": b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
}


@on_one
@pytest.mark.parametrize("how", BROKEN)
def test_a_form_of_the_wrong_shape_is_refused(own: TestClient, how: str) -> None:
    answer = own.post(
        "/files?kind=photo", content=BROKEN[how], headers={"Content-Type": "multipart/form-data; boundary=b"}
    )

    assert 400 <= answer.status_code < 500
    assert is_problem(answer, answer.status_code)


def test_a_visitor_sends_nothing_and_one_who_registers_does(opened: Open, drafting: TestClient) -> None:
    assert is_problem(send(opened(), "photo", "a.png", picture()), 403)

    kept = send(drafting, "photo", "a.png", picture())

    assert kept.status_code == 201
    assert drafting.get(kept.json()["url"]).status_code == 200
    assert is_problem(opened().get(kept.json()["url"]), 404)
    other = opened()
    other.cookies.set("talento-visitor", "w" * len(HOLDER))
    assert is_problem(other.get(kept.json()["url"]), 404)


@on_one
@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
)
def test_another_site_sends_nothing(own: TestClient, headers: dict[str, str]) -> None:
    assert is_problem(send(own, "photo", "a.png", picture(), **headers), 403)


@on_one
def test_without_our_header_nothing_is_sent(own: TestClient) -> None:
    del own.headers["X-Talento"]
    assert is_problem(send(own, "photo", "a.png", picture()), 403)


def test_what_the_browser_has_is_not_sent_again_but_asked_for_again(own: TestClient, opened: Open) -> None:
    url = send(own, "photo", "a.png", picture()).json()["url"]
    tag = own.get(url).headers["etag"]

    again = own.get(url, headers={"If-None-Match": tag})
    stranger = opened().get(url, headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert stranger.status_code == 404
    assert own.get(url + "?size=small", headers={"If-None-Match": tag}).status_code == 200


def test_a_file_opens_for_those_who_may_see_the_person(own: TestClient, recruiter: TestClient, opened: Open) -> None:
    kept = send(own, "photo", "a.png", picture()).json()

    assert is_problem(recruiter.get(kept["url"]), 404)
    assert is_problem(opened().get(kept["url"]), 404)


def test_a_recruiter_sees_the_photo_of_a_profile_until_it_is_hidden(
    own: TestClient, recruiter: TestClient, opened: Open, amina: Actor
) -> None:
    photo = send(own, "photo", "a.png", picture()).json()
    run(amina, profile.attach, kind="photo", file_id=photo["id"])
    assert recruiter.get(photo["url"]).status_code == 200
    assert opened().get(photo["url"]).status_code == 404

    run(amina, profile.show_to, visibility="public", published=["photo"], display_name="")
    assert opened().get(photo["url"]).status_code == 200

    run(amina, profile.show_to, visibility="hidden", published=["photo"], display_name="")
    assert recruiter.get(photo["url"]).status_code == opened().get(photo["url"]).status_code == 404
    assert own.get(photo["url"]).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "0" * 32, "1", "", "..%2f..%2fetc%2fpasswd", "%00", "0" * 31 + "g", "F" * 32, "0" * 64, "a.png",
        "%27%20OR%201%3D1", "0" * 2000,
    ],
)  # fmt: skip
def test_numbers_can_not_be_guessed(recruiter: TestClient, name: str) -> None:
    answer = recruiter.get(f"/files/{name}")

    assert answer.status_code in (307, 404, 405)
    assert "etc" not in answer.text


@on_one
def test_another_site_can_not_embed_a_file(own: TestClient) -> None:
    url = send(own, "photo", "a.png", picture()).json()["url"]

    assert own.get(url, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 404
    assert own.get(url, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_one_person_keeps_twenty_files(own: TestClient) -> None:
    small = picture(200, 200)
    answers = [send(own, "photo", f"{n}.png", small).status_code for n in range(21)]

    assert answers == [201] * 20 + [429]


@on_one
def test_a_word_document_is_a_cv(own: TestClient) -> None:
    answer = send(own, "cv", "cv.docx", docx())

    assert answer.status_code == 201
    assert "wordprocessingml" in own.get(answer.json()["url"]).headers["content-type"]


def test_a_visitor_in_the_middle_of_the_cinema_form_sends_to_that_draft_only(drafting: TestClient) -> None:
    run(VISITOR, drafts.save, HOLDER, step="photos", data={"first_name": "Amina"}, form="cinema")

    to_cinema = drafting.post("/files?kind=gallery&draft=cinema", files={"file": ("a.png", picture())})
    run(VISITOR, drafts.let_go, HOLDER)

    assert to_cinema.status_code == 201
    assert drafting.get(to_cinema.json()["url"]).status_code == 200
    assert is_problem(drafting.post("/files?kind=photo", files={"file": ("a.png", picture())}), 403)
    assert is_problem(drafting.post("/files?kind=photo&draft=nonsense", files={"file": ("a.png", picture())}), 403)
