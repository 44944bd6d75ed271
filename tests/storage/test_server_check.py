"""The look at a server with certificates: which one is trusted, and what is said of one that is not."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ppsdesk.domain.server_place import ENCRYPTION, QUESTIONS, CheckLine
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening
from ppsdesk.storage.server_check import ServerCheck
from tests import postgres
from tests.builders import NOW

KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
AUTHORITY, OTHER = "authority.crt", "other.crt"
NAMES = "subjectAltName=IP:127.0.0.1"
ELSEWHERE = "subjectAltName=DNS:elsewhere.council.uk"


def _openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def _authority(folder: Path, name: str) -> None:
    stem = Path(name).stem
    _openssl(folder, "req", "-x509", *KEY, "-days", "9",
             "-subj", f"/CN={stem} of the tests", "-keyout", f"{stem}.key", "-out", name)  # fmt: skip


def _certify(folder: Path, server: postgres.Server, names: str) -> None:
    """Give the server a certificate with these names, signed by the authority."""
    (folder / "names").write_text(names)
    _openssl(folder, "req", *KEY, "-subj", "/CN=server",
             "-keyout", "server.key", "-out", "server.csr")  # fmt: skip
    _openssl(folder, "x509", "-req", "-in", "server.csr", "-CA", AUTHORITY, "-CAkey", "authority.key",
             "-CAcreateserial", "-days", "9", "-extfile", "names", "-out", "server.crt")  # fmt: skip
    for name in ("server.key", "server.crt"):
        there = server.folder / "data" / name
        shutil.copy(folder / name, there)
        there.chmod(0o600)
        if os.geteuid() == 0:
            os.chown(there, postgres.NOBODY, postgres.NOBODY)
    server.run("pg_ctl", "-D", str(server.folder / "data"), "reload")
    with server.connect() as connection:
        connection.execute("ALTER SYSTEM SET ssl = on")
    server.restart("fast")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two authorities."""
    made = tmp_path_factory.mktemp("certificates")
    for name in (AUTHORITY, OTHER):
        _authority(made, name)
    return made


@pytest.fixture(scope="module")
def secured(folder: Path) -> Iterator[postgres.Server]:
    """A server of this module's own, with the records of ppsdesk in it."""
    with postgres.running_server() as server:
        opening.create_shared(opening.read_address(server.address("postgres")), postgres.PASSWORD, starters(), now=NOW)
        yield server


def look(server: postgres.Server, certificate: Path) -> list[CheckLine]:
    """As from another computer: with the certificate checked."""
    address = f"{server.address('postgres')}?sslmode=verify-full&sslrootcert={certificate}"
    check = ServerCheck(opening.read_address(address), postgres.PASSWORD)
    try:
        return list(check.lines())
    finally:
        check.close()


def test_a_certificate_of_the_named_authority_is_trusted(secured: postgres.Server, folder: Path) -> None:
    _certify(folder, secured, NAMES)
    lines = look(secured, folder / AUTHORITY)
    assert [line.about for line in lines] == list(QUESTIONS)
    assert all(line.good for line in lines)
    assert "encrypted, and the certificate is that of 127.0.0.1" in lines[1].words


@pytest.mark.parametrize(
    ("names", "certificate", "words", "field"),
    [
        (NAMES, OTHER, "does not know who signed its certificate", "certificate"),
        (ELSEWHERE, AUTHORITY, "made out for another name than 127.0.0.1", "server"),
        (NAMES, "nowhere.crt", "nowhere.crt cannot be read", "certificate"),
        (NAMES, "names", "names cannot be read", "certificate"),
    ],
)
def test_a_certificate_that_proves_nothing_ends_the_look_before_the_password_is_sent(
    secured: postgres.Server, folder: Path, names: str, certificate: str, words: str, *, field: str
) -> None:
    _certify(folder, secured, names)
    line = look(secured, folder / certificate)[-1]
    assert (line.about, line.good, line.field) == (ENCRYPTION, False, field)
    assert words in line.words
