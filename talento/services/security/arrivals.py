"""Sign-ins with a browser, or from a network, that was not seen before: told to the account's owner (`AU-19`)."""

from sqlalchemy import select

from talento.models.accounts import Session, User
from talento.services import audit
from talento.services.mail import messages
from talento.services.security import rules, suspicion
from talento.services.sessions import device_named
from talento.services.work import Work
from talento.vocabulary.permissions import Role


def note(work: Work, user: User, *, is_known: bool) -> None:
    """Compare a sign-in with the earlier ones of the account, before its session begins; the first one tells nothing.

    Args:
        is_known: the browser proved that somebody signed in to this account with it before. One that forgot its
            cookies is known when it calls from the same network and says the same of itself.
    """
    network, agent = audit.network_of(work.actor.ip), work.actor.agent[:200]
    known = select(Session.ip, Session.agent).where(Session.user_id == user.id).distinct()
    earlier = {(ip, said) for ip, said in work.session.execute(known)}
    if not earlier:
        return
    is_elsewhere = user.role is Role.ADMIN and network != "" and network not in {ip for ip, _ in earlier}
    if is_elsewhere:
        suspicion.suspect(work, rules.ADMIN_NETWORK, user_id=user.id)
    is_known = is_known or (network, agent) in earlier
    if is_elsewhere or not is_known:
        messages.new_device(work, user, browser=device_named(agent), network=network, is_known=is_known)
