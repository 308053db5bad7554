"""Who may come in, and what the others are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oz.serve.door import Door

DOOR = Door(4000, "sesame")
OWN = {"Host": "127.0.0.1:4000"}


def status(headers: dict[str, str], path: str = "/sesame/", *, socket: bool = False) -> int:
    refusal = DOOR.refuse(headers, path, socket=socket)
    return refusal.status if refusal else 200


@pytest.mark.parametrize("host", ["127.0.0.1:4000", "localhost:4000", "LocalHost:4000"])
def test_it_answers_under_its_own_names(host: str) -> None:
    assert status({"Host": host}) == 200
    assert status({"Host": host, "Origin": f"http://{host}"}, socket=True) == 200


@pytest.mark.parametrize(
    "host",
    ["", "127.0.0.1", "127.0.0.1:4001", "evil.example:4000", "127.0.0.1.evil.example:4000",
     "localhost.:4000", "[::1]:4000", "0.0.0.0:4000", "127.0.0.1:4000@evil.example"],
)  # fmt: skip
def test_it_answers_under_no_other(host: str) -> None:
    assert status({"Host": host}) == 403
    assert status({"Host": host, "Origin": f"http://{host}"}, socket=True) == 403


@pytest.mark.parametrize(
    "origin",
    ["", "null", "http://evil.example", "https://127.0.0.1:4000", "http://127.0.0.1:4001",
     "http://127.0.0.1", "http://localhost:4000", "http://127.0.0.1:4000.evil.example"],
)  # fmt: skip
@pytest.mark.parametrize("socket", [False, True])
def test_a_page_from_elsewhere_stays_outside(origin: str, socket: bool) -> None:
    assert status({**OWN, "Origin": origin}, socket=socket) == 403


def test_a_socket_has_an_origin_and_a_page_need_not() -> None:
    assert status(OWN) == 200
    assert status(OWN, socket=True) == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_foreign_page_embeds_is_refused_and_a_link_is_not(site: str) -> None:
    assert status({**OWN, "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}) == 403
    assert status({**OWN, "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}) == 200
    assert status({**OWN, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors"}) == 200


@given(st.text())
def test_only_the_whole_secret_opens(tried: str) -> None:
    opens = tried.split("/", 1)[0] == "sesame"
    assert (status(OWN, f"/{tried}") == 200) is opens
    assert status(OWN, tried) in {200, 404}


def test_who_gets_the_name_wrong_learns_nothing_of_the_secret() -> None:
    foreign = {"Host": "evil.example"}
    assert DOOR.refuse(foreign, "/sesame/") == DOOR.refuse(foreign, "/other/")


def test_port_80_may_be_left_out() -> None:
    door = Door(80, "sesame")
    assert door.refuse({"Host": "localhost"}, "/sesame/") is None
    assert door.refuse({"Host": "localhost:80"}, "/sesame/") is None


def test_secrets_are_long_and_never_the_same_or_shown() -> None:
    one, other = Door(1), Door(1)
    assert one.secret != other.secret
    assert len(one.secret) >= 32
    assert one.secret not in repr(one)
