"""What is written down. Source: RX-02, RX-10, LG-03."""

import json
import logging

import pytest

from talento.edge.logs import Redacting, RedactingJson, redacted

SECRETS = [
    ("'cookie': 'talento_session=COOKIE-SECRET-123'", "COOKIE-SECRET"),
    ("Cookie: talento=abcdef; theme=dark", "abcdef"),
    ("set-cookie: __Host-talento=abcdef; Path=/", "abcdef"),
    ("GET /_event/?EIO=4&token=1234abcd-1234-4123-8123-123456789abc HTTP/1.1", "1234abcd"),
    ("queue entry for reflex|1234abcd-1234-4123-8123-123456789abc|x", "1234abcd"),
    ("Authorization: Bearer eyJhbGciOi", "eyJhbGciOi"),
    ("with value '{'username': 'bob', 'password': 'S3cretPW!'}", "S3cretPW"),
    ("postgresql+psycopg://talento:hunter2@db/talento", "hunter2"),
    ("mail to amina.b+x@example.org failed", "amina"),
    ("called +212 661-23 45 67 twice", "661"),
    ("key tal_7_QWxhZGRpbjpvcGVu was used", "QWxhZGRp"),
    ("api_key=SG.abc.def", "SG.abc"),
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_a_secret_is_not_written(text, secret):
    assert secret in text
    assert secret not in redacted(text)


@pytest.mark.parametrize(
    "text", ["project MAOUAFIL001 scanned at 2027-03-12T20:00:00+00:00", "took 1234567.89 ms", "port 5000"]
)
def test_the_rest_stays_readable(text):
    assert redacted(text) == text


def entry(message: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("talento", logging.INFO, "f.py", 1, message, arguments, None)


def test_nobody_can_forge_a_line():
    written = Redacting().format(entry("hello %s", "x\n2027-01-01 INFO forged\x1b[31m"))

    assert "\n" not in written
    assert "\x1b" not in written


def test_a_long_entry_is_cut():
    assert len(Redacting().format(entry("x" * 100_000))) < 2_200


def test_machines_get_json():
    assert json.loads(RedactingJson().format(entry("hello")))["message"] == "hello"
