"""The outbox, as an admin reads it."""

from talento.services.mail import delivery
from talento.services.mail.transport import LocalOutbox
from talento.state.admin_mail import MailState
from tests import factories
from tests.factories import Cast


async def test_a_message_kept_here_is_read_with_its_link(cast: Cast, tab) -> None:
    factories.talent()
    delivery.deliver_due(LocalOutbox())
    desk = tab(cast.awa)

    state = await desk.call(MailState.open)
    assert state.is_local
    assert [(line.recipient, line.status) for line in state.rows] == [("amina@example.com", "local")]
    state = await desk.call(MailState.look_at, state.rows[0].id)

    assert state.message.link.startswith("http://localhost:5000/password/")
    assert state.message.link in state.message.text


async def test_a_link_does_not_stay_in_the_page(cast: Cast, tab) -> None:
    factories.talent()
    desk = tab(cast.awa)
    state = await desk.call(MailState.open)
    await desk.call(MailState.look_at, state.rows[0].id)

    state = await desk.call(MailState.close)

    assert state.message is None


async def test_an_unknown_message_opens_nothing(cast: Cast, tab) -> None:
    desk = tab(cast.awa)
    await desk.call(MailState.open)

    state = await desk.call(MailState.look_at, 4711)

    assert not state.is_open


async def test_others_are_refused(cast: Cast, tab) -> None:
    factories.talent()
    mine = tab(cast.youssef)

    state = await mine.call(MailState.open)

    assert state.rows == []
    assert await mine.said() == ["You are not allowed to do this."]


async def test_messages_are_narrowed_and_turned_and_rubbish_is_not_believed(cast: Cast, tab) -> None:
    factories.talent()
    desk = tab(cast.awa)
    await desk.call(MailState.open)

    state = await desk.call(MailState.search, "amina")
    assert len(state.rows) == 1 and state.is_narrowed
    state = await desk.call(MailState.narrow, "status", "sent")
    assert state.rows == []
    state = await desk.call(MailState.narrow, "rows", "x")
    assert state.status == "sent"
    state = await desk.call(MailState.clear)
    assert len(state.rows) == 1
    for turn in (MailState.older, MailState.newer):
        state = await desk.call(turn)
    assert state.is_ready


async def test_an_address_is_taken_off_and_put_on_again(cast: Cast, tab) -> None:
    desk = tab(cast.awa)
    await desk.call(MailState.open)

    state = await desk.call(MailState.suppress, {"email": "someone@example.com"})
    assert [one.email for one in state.suppressed] == ["someone@example.com"]
    state = await desk.call(MailState.lift, "someone@example.com")
    assert state.suppressed == []
