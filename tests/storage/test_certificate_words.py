"""A server that cannot prove itself: what somebody who looks after it reads on a terminal."""

from __future__ import annotations

import psycopg
import pytest

from ppsdesk.storage.plain_words import plain_words


@pytest.mark.parametrize(
    ("said", "words", "hint"),
    [
        ('root certificate file "/no/such/council.pem" does not exist', "The certificate file that the address names",
         "Check the name behind “sslrootcert=”"),
        ("SSL error: certificate verify failed", "could not prove that it is the right one", "?sslrootcert=FILE"),
        ('server certificate for "vm" does not match host name "db"', "could not prove that it is the right one",
         "?sslrootcert=FILE"),
    ],
)  # fmt: skip
def test_a_certificate_that_is_not_known_says_how_its_file_is_named(said: str, words: str, hint: str) -> None:
    told = plain_words(psycopg.OperationalError(f"connection failed: {said}"))
    assert told is not None
    assert words in told.message
    assert hint in told.hint
    assert "Nothing was sent." in told.hint
