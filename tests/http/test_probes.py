"""What machines ask: whether this process can serve, and its figures, which are not for everybody."""

import re

import pytest
from fastapi.testclient import TestClient

from talento.edge import probes
from talento.edge.guard import Guard
from talento.edge.headers import Headers
from talento.edge.http import routes
from talento.edge.measured import Measured, class_of
from talento.services import database, metrics, preferences, search
from talento.services.cinema import search as cinema_search
from talento.services.preferences import changes, registry
from talento.services.work import run
from tests.factories import Cast
from tests.http.conftest import ADDRESS, Open, entered, on_one

TOKEN = "a-token-for-prometheus-42"
SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+]+')


def stranger(address: str = "203.0.113.9", **headers: str) -> TestClient:
    """A client elsewhere."""
    return TestClient(Guard(Headers(routes())), base_url=ADDRESS, client=(address, 50000), headers=headers)


@pytest.fixture
def with_token(cast: Cast) -> Cast:
    run(cast.awa, changes.change, registry.METRICS_TOKEN.key, TOKEN, revision=None)
    preferences.forget()
    return cast


def test_ready_once_everything_is_there(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    for one in (search.index(), cinema_search.index()):
        monkeypatch.setattr(one, "is_loaded", False)
    answer = opened(own=False).get("/readyz")
    assert (answer.status_code, answer.json()["missing"], answer.headers["retry-after"]) == (503, ["indexes"], "2")

    search.index().load()
    cinema_search.index().load()
    answer = opened(own=False).get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@on_one
def test_without_its_database_a_process_lives_and_is_not_ready(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    client = opened(own=False)
    away = database.make_engine("postgresql+psycopg://nobody:secret@127.0.0.1:1/none")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(database, "engine", lambda: away)
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["missing"]) == (503, ["database"])
    assert client.get("/healthz").json() == {"status": "ok"}
    assert "secret" not in answer.text


def test_figures_read_as_prometheus_reads_them(opened: Open) -> None:
    answer = opened(own=False).get("/metrics")

    assert (answer.status_code, answer.headers["content-type"]) == (200, metrics.MEDIA_TYPE)
    lines = answer.text.splitlines()
    families = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(families) == len(set(families)) > 15
    assert all(SAMPLE.fullmatch(line) for line in lines if not line.startswith("#"))
    assert 'talento_outbox_messages{status="waiting"} 0' in lines and "talento_database_up 1" in lines
    assert 'talento_job_overdue{job="recap"} 0' in lines


@on_one
def test_other_machines_are_told_that_nothing_is_here(opened: Open, cast: Cast) -> None:
    assert stranger().get("/metrics").status_code == 404
    assert stranger("127.0.0.1", **{"X-Forwarded-For": "127.0.0.1"}).get("/metrics").status_code == 404
    assert stranger("127.0.0.1", Forwarded="for=203.0.113.9").get("/metrics").status_code == 404
    assert stranger("no address").get("/metrics").status_code == 404
    assert entered(opened(), "youssef@agency.example.com").get("/metrics").status_code == 200  # from this machine


@on_one
def test_an_administrator_reads_the_figures_from_anywhere_and_a_recruiter_does_not(with_token: Cast) -> None:
    for who, status in (("awa", 200), ("youssef", 404), ("zoe", 404)):
        client = stranger(**{"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin", "X-Talento": "1"})
        assert entered(client, f"{who}@agency.example.com").get("/metrics").status_code == status


@on_one
def test_once_there_is_a_token_it_is_needed_here_too(with_token: Cast) -> None:
    for shown in ("", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"bearer{TOKEN}", TOKEN, "Bearer é" * 50):
        headers = {"Authorization": shown.encode()} if shown else {}
        assert stranger("127.0.0.1").get("/metrics", headers=headers).status_code == 404  # type: ignore[arg-type]
    assert stranger().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


@on_one
def test_a_token_that_no_key_opens_lets_nobody_in(with_token: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes.encryption.keyring(), "_by_id", {})

    assert stranger("127.0.0.1").get("/metrics").status_code == 404
    assert stranger().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 404


@on_one
def test_requests_are_counted_by_class_and_by_how_long_they_took(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "REQUESTS", metrics.Counted("r", "", "class", "status"))
    monkeypatch.setattr(metrics, "SECONDS", metrics.Timed("s", "", "class"))
    client = TestClient(Measured(Guard(Headers(routes()))), base_url=ADDRESS, client=("127.0.0.1", 50000))
    client.get("/healthz")
    client.get("/files/nothing")
    client.get("/healthz", headers={"Host": "elsewhere.example"})

    counted = {labels: count for _, labels, count in metrics.REQUESTS.family().samples}
    assert counted == {
        (("class", "file"), ("status", "4xx")): 1,
        (("class", "probe"), ("status", "2xx")): 1,
        (("class", "probe"), ("status", "4xx")): 1,
    }
    samples = {(name, labels): value for name, labels, value in metrics.SECONDS.family().samples}
    assert samples["s_bucket", (("class", "probe"), ("le", "+Inf"))] == samples["s_count", (("class", "probe"),)] == 2


def test_strangers_invent_no_class() -> None:
    known = {"page", "asset", "probe", "file", "document", "desk", "sign-in"}
    asked = ["/", "", "*", "/talents", "/wp-login.php", "/a/b/c.js", "/healthz", "/%00", "/files/x", "/auth/sign-in"]
    assert {class_of(path) for path in asked} <= known
    assert [class_of(path) for path in asked[:4]] == ["page"] * 4


def test_a_histogram_counts_up_to_each_bound() -> None:
    timed = metrics.Timed("s", "", "class")
    for seconds in (0.001, 0.005, 0.02, 99.0):
        timed.note("page", seconds)
    counts = [value for name, _, value in timed.family().samples if name == "s_bucket"]

    assert counts == [2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4]


def test_a_label_can_not_end_its_line() -> None:
    counted = metrics.Counted("c", "", "what")
    counted.add('a"b\\c\nd')

    assert metrics._written(counted.family()).splitlines()[2] == 'c{what="a\\"b\\\\c\\nd"} 1'
