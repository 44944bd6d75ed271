"""What this computer knows of its shared database from the last time that answered, so that calls can be taken before
it does again.

Which database it is, who signed in with which role, and the lists of words. No person, no call, no password.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from ppsdesk.domain.places import Whereabouts
from ppsdesk.domain.rights import Role
from ppsdesk.domain.server_place import take_apart
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary
from ppsdesk.services import logs

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """`data_set` is the key of the database at `address`; `lists` are empty where it never answered yet."""

    address: str
    data_set: UUID
    person: str
    role: Role | None
    place: Whereabouts
    lists: Vocabularies


class LastTime:
    """One file, written whole. It is a help and no more: what goes wrong with it is noted and otherwise let be."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, address: str) -> Known:
        """What is known of the database at that address; of one that never answered, what the address says itself."""
        try:
            said: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
            if (said["format"], said["address"]) == (FORMAT, address):
                return _known(said)
        except FileNotFoundError:
            pass
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            _log().warning("%s cannot be read: %s", self._path.name, type(error).__name__)
        return unseen(address)

    def address(self) -> str:
        """Where the shared database was the last time, "" where nobody was ever connected."""
        try:
            return str(json.loads(self._path.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def keep(self, known: Known) -> None:
        """Write it down for the next start."""
        half = self._path.with_name(f".{self._path.name}.{uuid4().hex}")
        try:
            half.write_text(json.dumps(_said(known), ensure_ascii=False), encoding="utf-8")
            half.replace(self._path)
        except OSError as error:
            with suppress(OSError):
                half.unlink(missing_ok=True)
            _log().warning("%s cannot be kept: %s", self._path.name, os.strerror(error.errno or 0))


def unseen(address: str) -> Known:
    """Of a database that has not answered on this computer yet."""
    place = take_apart(address)
    return Known(
        address=address,
        data_set=stand_in(address),
        person=place.name,
        role=None,
        place=Whereabouts(words=f"Shared database {place.database} on {place.server or 'this computer'}"),
        lists=Vocabularies(()),
    )


def stand_in(address: str) -> UUID:
    """The key that calls kept on this computer bear while that of the database at an address is not known."""
    return uuid5(NAMESPACE_URL, address)


def _said(known: Known) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "address": known.address,
        "data_set": str(known.data_set),
        "person": known.person,
        "role": known.role.value if known.role else "",
        "place": known.place.words,
        "practice": known.place.practice,
        "lists": [_term_said(term) for term in known.lists.terms],
    }


def _known(said: dict[str, Any]) -> Known:
    return Known(
        address=said["address"],
        data_set=UUID(said["data_set"]),
        person=said["person"],
        role=Role(said["role"]) if said["role"] else None,
        place=Whereabouts(words=said["place"], practice=said["practice"]),
        lists=Vocabularies(tuple(_term(entry) for entry in said["lists"])),
    )


def _term_said(term: Term) -> dict[str, Any]:
    said = asdict(term) | {"vocabulary": term.vocabulary.value, "key": str(term.key) if term.key else None}
    return said | {name: day.isoformat() for name in ("valid_from", "valid_to") if (day := said[name])}


def _term(said: dict[str, Any]) -> Term:
    days = {name: date.fromisoformat(said[name]) for name in ("valid_from", "valid_to") if said[name]}
    key = UUID(said["key"]) if said["key"] else None
    merged = TermCode(said["merged_into"]) if said["merged_into"] else None
    return Term(**said | days | {"vocabulary": Vocabulary(said["vocabulary"]), "key": key, "merged_into": merged})


def _log() -> logging.Logger:
    return logging.getLogger(logs.ROOT)
