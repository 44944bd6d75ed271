"""Setting up a shared server, and who may sign in to it: what is handed from storage to the commands."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from ppsdesk.domain.errors import Refused
from ppsdesk.domain.rights import Role

LOGIN_NAME = re.compile(r"[a-z][a-z0-9._-]{0,39}")
# words that PostgreSQL understands in place of a name
RESERVED = frozenset({"public", "none", "user", "current_user", "session_user", "current_role", "all", "default"})
# no letters or digits that are taken for one another when they are read out
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
SHORTEST_PASSWORD = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Somebody's login. `role` is None once it was taken; `last_change` is the latest change on the audit trail."""

    name: str
    role: Role | None
    may_sign_in: bool
    one_time_password: bool = False
    signed_in: bool = False
    last_change: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a login: its role before, and a password where one was made."""

    name: str
    role: Role
    before: Role | None = None
    new: bool = False
    password: str = ""
    may_sign_in: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What a set-up found and did. `found` is the age of the tables it came to, None for an empty database."""

    found: str | None
    revision: str
    owner: str
    moved: int = 0
    triggers: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    people: int = 0


def check_login_name(name: str) -> None:
    """Refused when nobody may have that name: PostgreSQL keeps some, and capitals are lost on the way to it."""
    if not LOGIN_NAME.fullmatch(name):
        raise Refused(
            f"“{name[:60]}” cannot be the name of a login.",
            hint="Use up to 40 small letters a to z, digits, dots, hyphens and underscores, with a letter first.",
        )
    if name in RESERVED or name.startswith("pg_"):
        raise Refused(f"The name “{name}” belongs to PostgreSQL itself.", hint="Choose another one.")


def one_time_password() -> str:
    """A password to be handed over and changed: twenty signs, of which nobody can guess one after the other."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(5)) for _ in range(4))


def check_password(password: str, *, name: str) -> None:
    """Refused when it is too short to hold against guessing, or not to be typed."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(
            f"A password needs {SHORTEST_PASSWORD} characters or more.", hint="Three or four words are easy to keep."
        )
    if not password.isprintable() or password != password.strip():
        raise Refused(
            "A password cannot begin or end with a space, nor hold characters that do not show.",
            hint="Nothing was changed.",
        )
    if name and name.lower() in password.lower():
        raise Refused("A password must not hold the name of the login.", hint="Nothing was changed.")
