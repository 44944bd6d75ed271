"""What stands on the administrator's sheet becomes an address, and an address what stands on the sheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppsdesk.domain.errors import Refused
from ppsdesk.domain.rights import RIGHTS, Role
from ppsdesk.domain.server_place import ServerPlace, is_address, role_in_words, take_apart
from ppsdesk.storage.opening import read_address

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
SERVERS = st.sampled_from(["db.council.uk", "127.0.0.1", "::1", "/var/run/postgresql"])
PORTS = st.none() | st.integers(1, 65_535)


@given(SERVERS, PORTS, WORDS, WORDS, WORDS | st.just(""))
def test_what_is_put_together_comes_apart_the_same_and_the_driver_reads_the_same(
    server: str, port: int | None, database: str, name: str, certificate: str
) -> None:
    place = ServerPlace(server=server, port=port, database=database, name=name, certificate=certificate)
    apart = take_apart(place.address)
    assert (apart.server, apart.port, apart.name) == (server, port, name)
    assert apart.certificate == certificate
    assert apart.address == place.address
    url = read_address(place.address)
    assert (url.username, url.query.get("sslrootcert", "")) == (name, certificate)
    assert (url.host or url.query["host"]) == server


@pytest.mark.parametrize(
    "secret", ["postgresql://hana:open@db/calls", "postgresql://hana@db/calls?password=open&sslpassword=open"]
)
def test_a_password_in_an_address_goes_nowhere(secret: str) -> None:
    assert "open" not in repr(take_apart(secret)) + take_apart(secret).address


def test_further_options_of_an_address_are_kept() -> None:
    pasted = "postgresql://hana@db/calls?target_session_attrs=read-write&sslrootcert=/etc/ca.crt"
    assert take_apart(pasted).options == (("target_session_attrs", "read-write"),)
    assert "target_session_attrs=read-write" in take_apart(pasted).address


@pytest.mark.parametrize("text", ["postgresql://hana@db:port/calls", "postgresql://[::1/calls"])
def test_an_address_that_cannot_be_read_is_refused(text: str) -> None:
    assert is_address(text)
    with pytest.raises(Refused, match="not the address"):
        take_apart(text)


@pytest.mark.parametrize("server", ["db council", "db/calls", "hana@db", "http:db"])
def test_what_cannot_be_a_server_is_said_at_its_field(server: str) -> None:
    assert set(ServerPlace(server=server, database="calls", name="hana").problems()) == {"server"}
    assert ServerPlace(server="db.council.uk", database="calls", name="hana").problems() == {}


def test_every_role_is_told_what_it_may_do_as_the_table_of_rights_has_it() -> None:
    assert role_in_words(Role.ANALYST) == "You may read lists of words, reports and settings of the service."
    assert role_in_words(Role.AUDITOR) == "You may read lists of words, settings of the service and the audit trail."
    assert {role for role, _subject in RIGHTS} == set(Role)
    for role in Role:
        assert role_in_words(role).startswith("You may ")
