"""Ordinary requests: closed doors, caps, headers, pages. Source: S5, UP-01, WEB-01..06, AU-09, experiments (b), (c)."""

import gzip
import re
import socket

import httpx
import pytest

from tests.edge.conftest import COOKIES

TOKEN = "12345678-1234-4123-8123-123456789abc"


@pytest.fixture(scope="module")
def http(server):
    with httpx.Client(base_url=server.origin, timeout=20) as client:
        yield client


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS"])
@pytest.mark.parametrize(
    "path", ["/_upload", "/_upload/", "/_upload/id_card.pdf", "/_event/?EIO=4&transport=polling", "/_all_routes"]
)
def test_reflexs_own_doors_are_shut(http, method, path):
    answer = http.request(method, path, headers={"reflex-client-token": TOKEN})

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/ping", "/_health"])
def test_health_is_for_this_machine_only(http, path):
    assert http.get(path).status_code == 200
    assert http.get(path, headers={"X-Forwarded-For": "203.0.113.5"}).status_code == 404


def test_a_body_is_capped(http):
    answer = http.post("/echo", content=b"x" * (1024 * 1024 + 1))

    assert answer.status_code == 413
    assert answer.json()["title"] == "Too large"
    assert http.post("/echo", content=b"x" * 1024 * 1024).json()["bytes"] == 1024 * 1024


def test_files_may_be_larger(http):
    assert http.post("/files", content=b"x" * (5 * 1024 * 1024)).json()["bytes"] == 5 * 1024 * 1024


@pytest.mark.parametrize("path", ["/echo", "/files"])
def test_a_body_of_unknown_length_is_counted_while_it_streams(server, path):
    """A raw socket, because a client library gives up before it reads the answer."""
    sent, answer = stream(server.port, path, 300 * 1024 * 1024)

    assert answer.startswith(b"HTTP/1.1 413")
    assert b"application/problem+json" in answer
    assert sent < 40 * 1024 * 1024


def test_twin_reflex_alone_takes_it_all(bare):
    _, answer = stream(bare.port, "/echo", 60 * 1024 * 1024)

    assert answer.startswith(b"HTTP/1.1 200")


def stream(port: int, path: str, size: int) -> tuple[int, bytes]:
    """Send a chunked body until the server objects; how much went out, and what came back."""
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    sent = 0
    with socket.create_connection(("127.0.0.1", port), timeout=15) as wire:
        wire.sendall(f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        try:
            while sent < size:
                wire.sendall(chunk)
                sent += 65536
            wire.sendall(b"0\r\n\r\n")
        except OSError:
            pass
        try:
            return sent, wire.recv(4096)
        except OSError:
            return sent, b""


@pytest.mark.parametrize("length", ["-1", "abc", "1 2", "²"])
def test_a_nonsensical_length_is_refused(server, length):
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as wire:
        wire.sendall(
            f"POST /echo HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: {length}\r\n\r\n".encode()
        )
        assert wire.recv(100).startswith(b"HTTP/1.1 400")


def test_a_foreign_host_gets_no_page(http):
    assert http.get("/", headers={"Host": "evil.test"}).status_code == 421


def test_forwarded_headers_count_only_from_a_trusted_proxy(http):
    lies = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.test"}

    assert http.get("/whoami", headers=lies).json() == {"ip": "127.0.0.1", "scheme": "http", "tab": None}


def test_a_foreign_origin_gets_no_permission(http):
    answer = http.get("/whoami", headers={"Origin": "https://evil.test", "Cookie": COOKIES["admin"]})

    assert "access-control-allow-origin" not in answer.headers


def test_a_tab_is_named_by_its_effective_token(http):
    def seen(cookie: str) -> str:
        return http.get("/whoami", headers={"Cookie": cookie, "reflex-client-token": TOKEN}).json()["tab"]

    assert len({seen(COOKIES["user"]), seen(COOKIES["admin"]), seen(""), TOKEN}) == 4
    assert http.get("/whoami", headers={"reflex-client-token": "made up"}).json()["tab"] is None


def test_every_answer_has_the_headers(http):
    for path in ("/", "/about", "/t/MAM0001RAB", "/whoami", "/missing", "/assets/root-DUhG-MuN.js", "/favicon.svg"):
        headers = http.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["permissions-policy"].startswith("camera=(self)")
        assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/about", "/about/", "/t/MAM0001RAB"])
def test_a_page_may_run_its_own_scripts_and_nothing_else(http, server, path):
    answer = http.get(path)
    policy = answer.headers["content-security-policy"]

    assert answer.status_code == 200
    assert not answer.history
    assert re.search(r"script-src 'self' 'sha256-[\w+/=]{44}'", policy)
    assert f"ws://127.0.0.1:{server.port}" in policy
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.split("style-src")[0]


@pytest.mark.parametrize("path", ["/", "/about", "/t/MAM0001RAB"])
def test_a_page_that_did_not_change_keeps_its_policy(http, path):
    """The headers of a 304 replace those of the kept copy: a stricter policy would break that page."""
    first = http.get(path)
    again = http.get(path, headers={"If-None-Match": first.headers["etag"]})

    assert again.status_code == 304
    assert "content-security-policy" not in again.headers
    assert "cache-control" not in again.headers
    assert again.headers["x-content-type-options"] == "nosniff"


def test_an_unknown_page_is_a_404(http):
    assert http.get("/missing").status_code == 404


def test_caches_keep_what_never_changes_and_nothing_private(http):
    def cache(path: str) -> str:
        return http.get(path).headers["cache-control"]

    assert cache("/assets/root-DUhG-MuN.js") == "public, max-age=31536000, immutable"
    assert cache("/") == cache("/favicon.svg") == cache("/t/MAM0001RAB") == "no-cache"
    assert cache("/whoami") == cache("/missing") == cache("/assets/gone-AAAAAAAA.js") == "no-store"
    assert cache("/own-policy") == "private"


def test_an_answer_may_be_stricter_than_the_rule(http):
    assert http.get("/own-policy").headers["content-security-policy"] == "sandbox"


def test_packed_files_are_served(http):
    answer = http.get("/assets/reflex-env-BVGF6eGS.js", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["content-encoding"] == "gzip"
    assert "location.origin" in answer.text
    assert gzip.compress(b"x")


def test_a_first_visit_is_remembered_in_a_cookie_that_scripts_cannot_read(http, server):
    with httpx.Client(base_url=server.origin) as browser:
        cookie = browser.get("/").headers["set-cookie"]
        assert re.fullmatch(r"talento-visitor=[\w-]{32}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax", cookie)
        assert "set-cookie" not in browser.get("/").headers
        assert "set-cookie" not in browser.get("/whoami").headers


def test_no_token_and_no_cookie_is_ever_written_down(http, server):
    http.get(f"/?token={TOKEN}", headers={"Cookie": COOKIES["admin"]})

    assert "token=1" not in server.log
    assert TOKEN not in server.log
    assert "awa-token" not in server.log


def test_brotli_is_served_where_the_browser_takes_it_and_is_never_stale(http):
    path = "/assets/reflex-env-BVGF6eGS.js"

    packed = http.get(path, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    refused = http.get(path, headers={"Accept-Encoding": "gzip, br;q=0"})

    assert packed.headers["content-encoding"] == "br"
    assert refused.headers["content-encoding"] == "gzip"
    assert b"localhost:8000" not in packed.content + refused.content
