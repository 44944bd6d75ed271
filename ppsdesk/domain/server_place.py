"""Where a shared database is and who signs in to it, as the administrator's sheet says it; and what a look at it found.

Pure: an address is taken apart and put together here, nothing is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from ppsdesk.domain.errors import Refused
from ppsdesk.domain.rights import Action, Role, Subject, may

BEGINNINGS = ("postgresql://", "postgres://")
USUAL_PORT = 5432
CERTIFICATE = "sslrootcert"
SECRET = frozenset({"password", "sslpassword", "passfile"})
NO_SIGNS = frozenset(" /\\@?#:")  # none of these is part of a server's name

SERVER, ENCRYPTION, SIGN_IN, TABLES, ROLE = "server", "encryption", "sign-in", "tables", "role"
# what a look at a server asks, in its order
QUESTIONS = MappingProxyType(
    {
        SERVER: "Does the server answer?",
        ENCRYPTION: "Is the connection safe?",
        SIGN_IN: "Does it let you in?",
        TABLES: "Are the records there, and of this version?",
        ROLE: "What may you do?",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerPlace:
    """What the sheet says. `certificate` is the file of the council's own authority, "" for one everybody trusts.

    `options` are further ones of an address that was pasted; a password is never among them.
    """

    server: str = ""
    port: int | None = None
    database: str = ""
    name: str = ""
    certificate: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        """In one line, as settings and commands have it."""
        folder = self.server.startswith("/")
        host = "" if folder else f"[{self.server}]" if ":" in self.server else quote(self.server, safe=",")
        port = f":{self.port}" if self.port and not folder else ""
        options = [*self.options]
        if folder:
            options += [("host", self.server)] + ([("port", str(self.port))] if self.port else [])
        if self.certificate:
            options.append((CERTIFICATE, self.certificate))
        asked = f"?{urlencode(options, quote_via=quote, safe='/')}" if options else ""
        return f"postgresql://{quote(self.name, safe='')}@{host}{port}/{quote(self.database, safe='')}{asked}"

    def problems(self) -> dict[str, str]:
        """What is missing or cannot be right: name of the field to words."""
        found = {}
        if not self.server:
            found["server"] = "Enter the name of the server."
        elif not _can_be_a_server(self.server):
            found["server"] = "This is not the name of a server. Enter it alone."
        if not self.database:
            found["database"] = "Enter the name of the database."
        if not self.name:
            found["name"] = "Enter the name you sign in with."
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One answer. A bad one ends the look; `field` is the one to put right, "" where nothing typed is to blame."""

    about: str
    words: str
    hint: str = ""
    good: bool = True
    doubtful: bool = False
    field: str = ""


def is_address(text: str) -> bool:
    """Whether that is meant as a whole address."""
    return text.strip().lower().startswith(BEGINNINGS)


def take_apart(text: str) -> ServerPlace:
    """The parts of a whole address; a password in it is left out. Refused when it cannot be read."""
    try:
        found = urlsplit(text.strip())
        port, asked = found.port, dict(parse_qsl(found.query, keep_blank_values=True))
        server = unquote(found.hostname or "")
    except ValueError:
        raise Refused(
            "This is not the address of a database.", hint="Write it as postgresql://name@server/database."
        ) from None
    if not server:
        server = asked.pop("host", "")
    if port is None and asked.get("port", "").isdecimal():
        port = int(asked.pop("port"))
    return ServerPlace(
        server=server,
        port=port,
        database=unquote(found.path.lstrip("/")),
        name=unquote(found.username or ""),
        certificate=asked.pop(CERTIFICATE, ""),
        options=tuple((name, value) for name, value in asked.items() if name not in SECRET),
    )


def _can_be_a_server(name: str) -> bool:
    if name.startswith("/"):  # a socket on this computer
        return True
    return name.count(":") > 1 or not NO_SIGNS & set(name)  # several colons: an address of the newer kind


# what the screens are about, in the words of a sentence
_ABOUT = MappingProxyType(
    {
        Subject.CALLS: "calls",
        Subject.STEPS: "next steps",
        Subject.PEOPLE: "people",
        Subject.ORGANISATIONS: "organisations such as schools",
        Subject.LISTS: "lists of words",
        Subject.REPORTS: "reports",
        Subject.SERVICE: "settings of the service",
    }
)


def role_in_words(role: Role) -> str:
    """What the role may do with what the screens are about; the audit trail where that may be read."""
    change = [words for subject, words in _ABOUT.items() if may(role, subject, Action.CHANGE)]
    read = [words for subject, words in _ABOUT.items() if words not in change and may(role, subject)]
    if may(role, Subject.AUDIT):
        read.append("the audit trail")
    said = [f"change {_listed(change)}"] * bool(change) + [f"read {_listed(read)}"] * bool(read)
    return f"You may {', and '.join(said)}."


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
