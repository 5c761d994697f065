"""Who may open a socket, and whose state it finds. Source: RX-01..05, RX-13, AU-09, AU-11, experiments (b), (g)."""

import asyncio
import re
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest
from websockets.exceptions import InvalidStatus

from talento.edge.binding import Binder, is_client_token
from tests.edge.conftest import COOKIES, PEOPLE
from tests.edge.wire import DESK, tab

KNOWN = "1234abcd-1234-4123-8123-123456789abc"
VISITOR = "talento-visitor=" + "v" * 32


@pytest.mark.parametrize(
    "origin", ["https://evil.test", "null", "http://127.0.0.1:1", "http://x.127.0.0.1", "http://localhost"]
)
@pytest.mark.parametrize("role", ["visitor", "admin"])
async def test_a_foreign_origin_is_refused(server, origin, role):
    with pytest.raises(InvalidStatus) as refusal:
        async with tab(server, origin=origin, cookie=COOKIES[role]):
            pass
    assert refusal.value.response.status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.test", "null"])
async def test_twin_reflex_alone_welcomes_them(bare, origin):
    async with tab(bare, origin=origin) as mine:
        assert mine.heard


async def test_a_session_without_an_origin_is_refused(server):
    with pytest.raises(InvalidStatus):
        async with tab(server, origin=None, cookie=COOKIES["user"]):
            pass


async def test_a_foreign_host_is_refused(server):
    with pytest.raises(InvalidStatus):
        async with tab(server, host="evil.test"):
            pass


@pytest.mark.parametrize("token", ["", "a", "*", "../../etc/passwd", "x" * 60_000, KNOWN.upper(), KNOWN + "x"])
async def test_a_token_that_no_browser_makes_is_refused(server, token):
    with pytest.raises(InvalidStatus):
        async with tab(server, token=token):
            pass


async def test_two_tokens_are_one_too_many(server):
    with pytest.raises(InvalidStatus):
        async with tab(server, query=f"&token={uuid4()}"):
            pass


async def test_only_websockets_are_spoken(server):
    with pytest.raises(InvalidStatus):
        async with tab(server, query="&transport=polling"):
            pass


async def scanned(server, token: str, cookie: str) -> None:
    async with tab(server, token=token, cookie=cookie) as mine:
        await mine.call("public")
        await mine.until(lambda tab: tab.done)


async def found(server, token: str, **options) -> list[str]:
    """What somebody with this token finds in the tab's state."""
    async with tab(server, token=token, **options) as mine:
        await mine.listen()
        return mine.done


@pytest.mark.parametrize("thief", [COOKIES["recruiter"], "", VISITOR, "talento=made-up"])
async def test_a_stolen_token_is_worthless_when_its_owner_is_away(server, thief):
    token = str(uuid4())
    await scanned(server, token, COOKIES["user"])

    assert await found(server, token, cookie=thief) == []
    assert await found(server, token, cookie=COOKIES["user"]) == ["public"]


async def test_a_stolen_token_is_worthless_while_its_owner_is_here(server):
    async with tab(server, cookie=COOKIES["user"]) as owner:
        await owner.call("mine")
        await owner.until(lambda tab: tab.done)
        async with tab(server, token=owner.token, cookie=COOKIES["recruiter"]) as thief:
            await thief.call("mine")
            await thief.listen()

            assert "new_token" not in "".join(thief.heard)
            assert thief.vars[f"{DESK}.who"] == "recruiter"


async def test_a_visitors_tab_is_bound_to_the_browser(server):
    token = str(uuid4())
    await scanned(server, token, VISITOR)

    assert await found(server, token, cookie="talento-visitor=" + "w" * 32) == []
    assert await found(server, token, cookie=VISITOR) == ["public"]


async def test_a_tab_without_any_cookie_is_bound_to_the_agent(server):
    token = str(uuid4())
    await scanned(server, token, "")

    assert await found(server, token, headers={"User-Agent": "other"}) == []


async def test_twin_reflex_alone_hands_over_the_state(bare):
    token = str(uuid4())
    await scanned(bare, token, COOKIES["admin"])

    assert await found(bare, token) == ["public"]


async def test_an_ended_session_finds_a_fresh_state(server):
    token = str(uuid4())
    server.people(PEOPLE | {"short-token": "user"})
    await scanned(server, token, "talento=short-token")
    server.people(PEOPLE)
    await asyncio.sleep(0.4)

    assert await found(server, token, cookie="talento=short-token") == []


async def test_the_open_socket_of_an_ended_session_is_refused_then_closed(server):
    server.people(PEOPLE | {"ending-token": "admin"})
    async with tab(server, cookie="talento=ending-token") as mine:
        await mine.call("backup")
        await mine.until(lambda tab: tab.done)
        server.people(PEOPLE)
        await asyncio.sleep(0.4)

        await mine.call("backup")
        await mine.until(lambda tab: tab.redirects)
        await mine.call("public")

        assert mine.redirects == ["/sign-in"]
        assert await mine.code() == 1008
        assert mine.done == ["backup"]


async def test_reflex_sees_few_headers_and_repeats_none_that_matter(server):
    secret = {
        "X-Internal-Token": "PROXY-SECRET",
        "Authorization": "Bearer BEARER-SECRET",
        "X-Forwarded-For": "10.9.8.7",
    }
    async with tab(server, cookie=COOKIES["user"], headers=secret) as mine:
        await mine.call("mine")
        await mine.listen()
        said = "".join(mine.heard)

    assert not re.search("PROXY-SECRET|BEARER-SECRET|10.9.8.7|zoe-token", said)


async def test_a_session_has_twenty_tabs_and_not_one_more(server):
    async with AsyncExitStack() as tabs:
        for _ in range(20):
            await tabs.enter_async_context(tab(server, cookie=COOKIES["presence"], hydrates=False))
        with pytest.raises(InvalidStatus):
            await tabs.enter_async_context(tab(server, cookie=COOKIES["presence"]))

    async with tab(server, cookie=COOKIES["presence"]) as mine:
        assert mine.heard


def test_an_effective_token_looks_like_one_that_reflex_makes():
    binder = Binder("secret")
    token = str(uuid4())

    assert is_client_token(binder.bound("session:a", token))
    assert binder.bound("session:a", token) == binder.bound("session:a", token)
    assert len({binder.bound(owner, token) for owner in ("session:a", "session:b", "visitor:a")}) == 3
    assert Binder("other").bound("session:a", token) != binder.bound("session:a", token)


async def test_twin_reflex_alone_repeats_a_proxys_secret(bare):
    async with tab(bare, headers={"X-Internal-Token": "PROXY-SECRET"}) as mine:
        await mine.listen()

        assert "PROXY-SECRET" in "".join(mine.heard)


async def test_twin_reflex_alone_keeps_serving_an_ended_session(bare):
    bare.people(PEOPLE | {"ending-token": "admin"})
    async with tab(bare, cookie="talento=ending-token") as mine:
        bare.people(PEOPLE)
        await asyncio.sleep(0.4)
        await mine.call("backup")
        await mine.listen()

        assert mine.done == ["backup"]
