"""The look at a server with certificates: which one is trusted, and what is said of one that is not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ppsdesk.domain.server_place import ENCRYPTION, QUESTIONS, CheckLine
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening
from ppsdesk.storage.server_check import ServerCheck
from tests import postgres
from tests.builders import NOW

AUTHORITY, OTHER = "authority.crt", "other.crt"
NAMES: tuple[x509.GeneralName, ...] = (x509.IPAddress(ip_address("127.0.0.1")),)
ELSEWHERE: tuple[x509.GeneralName, ...] = (x509.DNSName("elsewhere.council.uk"),)
DAY = timedelta(days=1)


def _named(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _key_into(path: Path) -> ec.EllipticCurvePrivateKey:
    key = ec.generate_private_key(ec.SECP256R1())
    plain = serialization.NoEncryption()
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return key


def _begun(subject: str, issuer: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(subject))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + 9 * DAY)
    )


def _authority(folder: Path, name: str) -> None:
    stem = Path(name).stem
    key = _key_into(folder / f"{stem}.key")
    made = _begun(f"{stem} of the tests", f"{stem} of the tests", key).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    )
    (folder / name).write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))


def _certify(folder: Path, server: postgres.Server, names: tuple[x509.GeneralName, ...]) -> None:
    """Give the server a certificate with these names, signed by the authority."""
    (folder / "names").write_text("no certificate at all")
    key = _key_into(folder / "server.key")
    made = _begun("server", "authority of the tests", key).add_extension(
        x509.SubjectAlternativeName(names), critical=False
    )
    signer = serialization.load_pem_private_key((folder / "authority.key").read_bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    (folder / "server.crt").write_bytes(made.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    for name in ("server.key", "server.crt"):
        there = server.folder / "data" / name
        shutil.copy(folder / name, there)
        there.chmod(0o600)
        if os.geteuid() == 0:
            os.chown(there, postgres.NOBODY, postgres.NOBODY)
    with server.connect() as connection:
        try:
            connection.execute("ALTER SYSTEM SET ssl = on")
        except psycopg.errors.InvalidParameterValue:
            pytest.skip("this PostgreSQL was built without encryption of connections")
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
    secured: postgres.Server,
    folder: Path,
    names: tuple[x509.GeneralName, ...],
    certificate: str,
    words: str,
    *,
    field: str,
) -> None:
    _certify(folder, secured, names)
    line = look(secured, folder / certificate)[-1]
    assert (line.about, line.good, line.field) == (ENCRYPTION, False, field)
    assert words in line.words
