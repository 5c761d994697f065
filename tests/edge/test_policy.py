"""Who may call what, asked over a raw socket. Source: AZ-01..04, AZ-08, RX-07, RX-12, experiments (a), (e), (j)."""

import pytest

from talento.vocabulary.permissions import Permission, Role, allowed
from tests.edge.conftest import COOKIES
from tests.edge.wire import CARELESS, DESK, ROOT, tab

NEEDS = {
    "public": None,
    "mine": Permission.OWN_PROFILE,
    "scan": Permission.RECORD_PRESENCE,
    "export": Permission.EXPORT,
    "backup": Permission.ADMINISTER,
}


def may(role: str, handler: str) -> bool:
    need = NEEDS[handler]
    return need is None or (role != "visitor" and allowed(Role(role), need))


@pytest.mark.parametrize("role", COOKIES)
@pytest.mark.parametrize("handler", NEEDS)
async def test_every_handler_opens_for_those_of_the_matrix_only(server, role, handler):
    async with tab(server, cookie=COOKIES[role]) as mine:
        await mine.call(handler)
        await mine.listen()

        assert (handler in mine.done) is may(role, handler)


async def test_a_visitor_is_sent_to_sign_in_and_back(server):
    async with tab(server) as mine:
        await mine.call("mine", router_data={"pathname": "/search", "asPath": "/search?q=a", "query": {}})
        await mine.listen()

        assert mine.redirects == ["/sign-in?next=/search%3Fq%3Da"]


@pytest.mark.parametrize("path", ["//evil.test", "/\\evil.test", "https://evil.test", "javascript:alert(1)"])
async def test_the_way_back_is_never_off_site(server, path):
    async with tab(server) as mine:
        await mine.call("mine", router_data={"pathname": path, "asPath": path, "query": {}})
        await mine.listen()

        assert mine.redirects == ["/sign-in"]


async def test_somebody_without_the_right_is_told_so(server):
    async with tab(server, cookie=COOKIES["user"]) as mine:
        await mine.call("backup")
        await mine.listen()

        assert mine.messages == ["You are not allowed to do this."]


async def test_a_chained_event_is_judged_like_any_other(server):
    async with tab(server, cookie=COOKIES["user"]) as mine:
        await mine.call("chain")
        await mine.listen()

        assert mine.done == []


@pytest.mark.parametrize("role", COOKIES)
@pytest.mark.parametrize(
    ("state", "handler", "payload"),
    [
        (DESK, "setvar", {"var_name": "who", "value": "HACKED"}),
        (CARELESS, "setvar", {"var_name": "last", "value": "HACKED"}),
        (CARELESS, "helper", {"v": "HACKED"}),
        (CARELESS, "set_last", {"value": "HACKED"}),
        (DESK, "_add", {}),
        (ROOT, "reset", {}),
    ],
)
async def test_what_declares_no_door_stays_shut_for_everybody(forgetful, role, state, handler, payload):
    async with tab(forgetful, cookie=COOKIES[role]) as mine:
        await mine.call(handler, payload, state=state)
        await mine.listen(0.25)

        assert "HACKED" not in "".join(mine.heard)


@pytest.mark.parametrize(
    ("state", "handler", "payload"),
    [
        (CARELESS, "helper", {"v": "HACKED"}),
        (CARELESS, "setvar", {"var_name": "last", "value": "HACKED"}),
        (DESK, "backup", {}),
    ],
)
async def test_twin_without_the_policy_they_are_wide_open(bare, state, handler, payload):
    async with tab(bare) as mine:
        await mine.call(handler, payload, state=state)
        await mine.listen()

        assert "HACKED" in "".join(mine.heard) or "backup" in mine.done


@pytest.mark.parametrize(
    "payload",
    [
        {"n": "5"},
        {"n": {"evil": 1}},
        {"n": 5.5},
        {"n": None},
        {"n": True},
        {},
        {"n": 1, "is_admin": True},
        {"n": 1, "is_loud": "no"},
        {"n": 1, "day": "not a day"},
        {"n": 1, "self": 2},
        {"n": [1], "S3cretPW": "S3cretPW"},
    ],
)
async def test_a_payload_of_the_wrong_shape_is_refused_without_repeating_it(server, payload):
    async with tab(server) as mine:
        await mine.call("typed", payload)
        await mine.listen()

        assert mine.done == []
        assert mine.messages == ["That could not be understood. Please reload the page and try again."]
    assert "S3cretPW" not in server.log


async def test_a_payload_of_the_right_shape_arrives_typed(server):
    async with tab(server) as mine:
        await mine.call("typed", {"n": 5, "day": "2027-03-12"})
        await mine.call("form", {"form_data": {"__reflex_form_data__": [["a", "1"], ["b", "2"]]}})
        await mine.listen()

        assert mine.done == ["typed 5 2027-03-12 False", "form [('a', '1'), ('b', '2')]"]


async def test_what_a_client_claims_in_router_data_changes_nothing(server):
    lies = {
        "pathname": "/", "asPath": "/", "query": {}, "ip": "10.0.0.1", "token": "x", "sid": "y",
        "headers": {"cookie": COOKIES["admin"]}, "cookie": COOKIES["admin"],
    }  # fmt: skip
    async with tab(server, cookie=COOKIES["user"]) as mine:
        await mine.call("backup", router_data=lies)
        await mine.listen()

        assert mine.done == []


@pytest.mark.parametrize("handler", ["explode", "explode_later", "explode_midway"])
async def test_an_exception_reaches_the_reader_as_a_number(server, handler):
    async with tab(server) as mine:
        await mine.call(handler)
        await mine.until(lambda tab: tab.messages)

        assert "quote" in mine.messages[0]
        assert "CANARY" not in "".join(mine.heard)
    assert "CANARY-IN-EXCEPTION" not in server.log


async def test_a_refusal_reaches_the_reader_in_words(server):
    async with tab(server) as mine:
        await mine.call("clash")
        await mine.call("greet")
        await mine.until(lambda tab: len(tab.messages) == 2)

        assert mine.messages == ["Somebody was first.", "Good morning"]


async def test_a_costly_handler_has_a_rate(server):
    async with tab(server, cookie=COOKIES["presence"]) as mine:
        for _ in range(6):
            await mine.call("costly")
        await mine.listen()

        assert mine.done == ["costly"] * 3
        assert mine.messages[0] == "That was too often. Please wait a moment."


async def test_backend_variables_never_leave(server):
    async with tab(server, cookie=COOKIES["admin"]) as mine:
        await mine.call("mine")
        await mine.listen()

        assert "BACKEND-SECRET" not in "".join(mine.heard)
        assert "awa-token" not in "".join(mine.heard)


async def test_twin_without_the_policy_any_payload_reaches_the_handler(bare):
    async with tab(bare) as mine:
        await mine.call("typed", {"n": {"evil": 1}, "is_loud": "no"})
        await mine.listen()

        assert mine.done == ["typed {'evil': 1} None 'no'"]
