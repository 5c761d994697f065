"""A small attack on sign-in, as `bench/attack.py` does a large one: nobody gets in, and the rules do what they say."""

from collections import Counter

from fastapi.testclient import TestClient

from talento.edge.guard import Guard
from talento.edge.headers import Headers
from talento.edge.http import routes
from talento.services import throttle
from talento.services.preferences import changes
from talento.services.security import alerts, blocks
from talento.services.work import VISITOR, look, run
from talento.settings import settings
from talento.vocabulary.permissions import Role
from tests import factories
from tests.conftest import Hands
from tests.factories import PASSWORD, Cast
from tests.http.conftest import ADDRESS, OWN, sign_in

ATTACKERS, VICTIMS, TRIES = 12, 6, 15


def at(address: str) -> TestClient:
    """A browser at an address, as our proxy tells it."""
    config = settings().model_copy(update={"trusted_proxies": "127.0.0.1/32"})
    headers = OWN | {"X-Forwarded-For": address}
    guard = Guard(Headers(routes()), config=config)
    return TestClient(guard, base_url=ADDRESS, headers=headers, client=("127.0.0.1", 50000))


def set_to(cast: Cast, key: str, typed: str) -> None:
    run(cast.awa, changes.change, key, typed, revision=0)


def test_an_attack_gets_nobody_in_and_everybody_out_who_attacks(cast: Cast, hands: Hands) -> None:
    set_to(cast, "alert_many_accounts", "5")
    set_to(cast, "alert_one_account", "8")
    victims = [factories.staff(f"Victim{number}", Role.USER) for number in range(VICTIMS)]
    names = [f"{one.name.lower()}@agency.example.com" for one in victims]
    attackers = [at(f"203.0.113.{number}") for number in range(ATTACKERS)]

    answers: Counter[int] = Counter()
    for turn in range(TRIES):
        for number, attacker in enumerate(attackers):
            answers[sign_in(attacker, names[(turn + number) % VICTIMS], f"guess {turn}").status_code] += 1
        hands.later(seconds=4)

    assert answers == {422: ATTACKERS * 5, 403: ATTACKERS * (TRIES - 5)}
    assert len(look(cast.awa, blocks.listed)) == ATTACKERS
    raised = Counter(one.rule for one in look(cast.awa, alerts.listed))
    assert raised == {"many_accounts": ATTACKERS, "one_account": VICTIMS}

    assert all(look(VISITOR, throttle.is_blocked, f"account:{one.user_id}") for one in victims)
    right = [sign_in(at(f"198.51.100.{number}"), name, PASSWORD).status_code for number, name in enumerate(names)]
    assert right == [422] * VICTIMS, "not even with the right password, as long as the account waits"
    assert sign_in(at("192.0.2.7"), "youssef@agency.example.com").status_code == 200
