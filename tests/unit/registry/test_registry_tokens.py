from __future__ import annotations

import threading

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from app.core.errors import RegistryError
from app.core.redact import Secret
from app.credentials import Identity, new_private_key
from app.registry.fields import FieldError
from app.registry.tokens import Token, TokenHolder, make_assertion, parse_token

GOOD = {"access_token": "m1uYc0bYx8h3Q2s7l9n5Zw", "token_type": "Bearer", "expires_in": 600}


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


class Issuer:
    """Gives a numbered token each time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.given = 0

    def __call__(self) -> Token:
        self.given += 1
        return Token(Secret(f"t{self.given}"), self._clock() + 540.0)


def test_a_token_is_held_until_shortly_before_its_end() -> None:
    clock = Clock()
    holder = TokenHolder(issuer := Issuer(clock), clock)
    assert [holder.get().reveal() for _ in range(3)] == ["t1"] * 3
    clock.now_s += 539.9
    assert holder.get().reveal() == "t1"
    clock.now_s += 0.1
    assert holder.get().reveal() == "t2" and issuer.given == 2


def test_a_refused_token_is_dropped_once() -> None:
    clock = Clock()
    holder = TokenHolder(Issuer(clock), clock)
    refused = holder.get()
    holder.drop(refused)
    newer = holder.get()
    holder.drop(refused)
    assert holder.get() == newer == Secret("t2")


def test_threads_that_need_a_token_at_once_fetch_one() -> None:
    clock = Clock()
    holder = TokenHolder(issuer := Issuer(clock), clock)
    threads = [threading.Thread(target=holder.get) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert issuer.given == 1


class Absent:
    """A registry that nobody reaches: each try takes so long."""

    def __init__(self, clock: Clock, takes_s: float) -> None:
        self._clock = clock
        self._takes_s = takes_s
        self.tries = 0

    def __call__(self) -> Token:
        self.tries += 1
        self._clock.now_s += self._takes_s
        raise RegistryError("Nobody answers.", code="timeout", retryable=True)


@pytest.mark.parametrize(("takes_s", "tries"), [(3.0, 1), (0.0, 4)])
def test_a_long_wait_for_nothing_is_waited_once_for_all(takes_s: float, tries: int) -> None:
    clock = Clock()
    holder = TokenHolder(absent := Absent(clock, takes_s), clock)
    for _ in range(4):
        with pytest.raises(RegistryError, match="Nobody answers"):
            holder.get()
    assert absent.tries == tries
    clock.now_s += takes_s
    with pytest.raises(RegistryError):
        holder.get()
    assert absent.tries == tries + 1, "not for ever"


def test_an_assertion_proves_the_post_once() -> None:
    identity = Identity("post_1", new_private_key())
    audience = "https://registry.example/oauth2/token"
    texts = [make_assertion(identity, audience, 1_795_162_262.7) for _ in range(2)]
    public = load_pem_private_key(identity.private_key.reveal().encode(), None).public_key()
    assert isinstance(public, EllipticCurvePublicKey)
    options = {"verify_exp": False, "verify_iat": False}
    claims = [jwt.decode(each, public, ["ES256"], options, audience=audience) for each in texts]
    assert {each["iss"] for each in claims} == {each["sub"] for each in claims} == {"post_1"}
    assert (claims[0]["iat"], claims[0]["exp"]) == (1_795_162_262, 1_795_162_382)
    assert claims[0]["jti"] != claims[1]["jti"] and len(claims[0]["jti"]) >= 16


def test_a_token_is_used_for_less_than_its_life() -> None:
    assert parse_token(GOOD, 100.0) == Token(Secret(GOOD["access_token"]), 640.0)
    assert parse_token({**GOOD, "expires_in": 10, "token_type": "bearer"}, 100.0).until_s == 105.0
    assert GOOD["access_token"] not in repr(parse_token(GOOD, 0.0))


@pytest.mark.parametrize(
    "change",
    [
        {"access_token": ""},
        {"access_token": "a\r\nX: y"},
        {"access_token": "x" * 5_000},
        {"token_type": "MAC"},
        {"expires_in": 0},
        {"expires_in": "600"},
    ],
)
def test_a_token_of_a_wrong_form_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(FieldError) as caught:
        parse_token({**GOOD, **change}, 0.0)
    assert "m1uYc0bYx8" not in str(caught.value)
