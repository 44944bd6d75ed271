"""The people of a shared server: each a login of their own, a member of exactly one role.

Passwords are turned into what PostgreSQL keeps of them (SCRAM) on this computer: no server's log ever shows one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ppsdesk.domain.errors import Conflict, NotFound, Refused
from ppsdesk.domain.logins import Added, Login, check_login_name
from ppsdesk.domain.rights import CONNECTIONS, Role, limits
from ppsdesk.storage.administrator import NO_RIGHT, me
from ppsdesk.storage.granting import SCHEMA, Names, literal, quote

MARK = "ppsdesk person of "  # begins the comment of a login that was made here; the databases follow
ONE_TIME = "one-time password"
WAIT = 5_000  # milliseconds for a session to end


@dataclass(frozen=True, slots=True)
class _Found:
    """A login as the server has it."""

    name: str
    can_sign_in: bool
    powerful: bool
    databases: tuple[str, ...]
    groups: tuple[str, ...]  # of every database


def add(connection: Connection, names: Names, name: str, role: Role, password: str, *, same_person: bool) -> Added:
    """Let a person in with this role, or change the role of who is in already; `password` is for a new login.

    Refused for a name that somebody else has or had, unless it was said to be the same person.
    """
    check_login_name(name)
    if name in (names.owner, *names.groups):
        raise Refused(f"{name} is a role of this database, no person.", hint="Choose another name.")
    found = _find(connection, name)
    if found is None:
        _make(connection, names, name, password)
        _join(connection, names, name, role)
        return Added(name=name, role=role, new=True, password=password)
    _refuse_power(connection, names, found)
    before = _role(names, found)
    if before is None and not same_person:
        raise Refused(*_somebody(names, found))
    made = "" if found.can_sign_in else _let_in_again(connection, names, found, password, same_person=same_person)
    _leave(connection, names, found)
    _join(connection, names, name, role)
    _mark(connection, name, {*found.databases, names.database})
    return Added(name=name, role=role, before=before, password=made, may_sign_in=found.can_sign_in or bool(made))


def new_password(connection: Connection, names: Names, name: str, password: str) -> None:
    """A new one-time password for somebody who lost theirs. `NotFound` for who has no role here."""
    found = _find(connection, name)
    if found is None or _role(names, found) is None:
        raise NotFound(f"Nobody named {name} has a role in this database.", hint="The list of people shows who has.")
    connection.exec_driver_sql(f"ALTER ROLE {quote(name)} PASSWORD {literal(hashed(connection, name, password))}")
    _mark_one_time(connection, names, name)


def remove(connection: Connection, names: Names, name: str) -> bool:
    """Take the role, and the right to sign in; the name stays, as the trail knows people by it.

    False where the login has a role in another database of this server too, and may go on signing in there.
    """
    found = _find(connection, name)
    if found is None or (names.database not in found.databases and _role(names, found) is None):
        raise NotFound(f"Nobody named {name} has a role in this database.", hint="The list of people shows who has.")
    _refuse_power(connection, names, found)
    _leave(connection, names, found)
    elsewhere = any(group not in names.groups for group in found.groups)
    if not elsewhere:
        connection.exec_driver_sql(f"ALTER ROLE {quote(name)} NOLOGIN")
    _mark(connection, name, {*found.databases, names.database})
    left = _find(connection, name)
    if left is None or _role(names, left) is not None:
        raise Conflict(f"{name} was given the role anew by somebody else meanwhile.", hint="Nothing was changed.")
    return not elsewhere


def end_sessions(connection: Connection, name: str, *, everywhere: bool) -> int:
    """End what that login has open, in this database or on the whole server; how many sessions that were."""
    asking = me(connection)
    if not asking.superuser:  # ending somebody's session takes their rights; for as long as this takes
        how = " WITH INHERIT TRUE, SET FALSE" if asking.narrow else ""
        connection.exec_driver_sql(f"GRANT {quote(name)} TO {quote(asking.name)}{how}")
    ended = connection.exec_driver_sql(_END, {"name": name, "wait": WAIT, "everywhere": everywhere}).scalars().all()
    if not asking.superuser:
        connection.exec_driver_sql(f"REVOKE {quote(name)} FROM {quote(asking.name)}")
    if not all(ended):
        raise Conflict(f"A session of {name} did not end within five seconds.", hint="Run the command again.")
    return len(ended)


def everybody(connection: Connection, names: Names) -> tuple[Login, ...]:
    """Who has a role here, and who had one, by name."""
    people = [_found(row) for row in connection.exec_driver_sql(_LOGINS).all()]
    signed_in = set(connection.exec_driver_sql(_SIGNED_IN).scalars())
    connection.exec_driver_sql(f"SET LOCAL ROLE {quote(names.owner)}")
    last = connection.exec_driver_sql(_LAST)
    seen: dict[str, datetime] = {row.person: row.at for row in last}
    connection.exec_driver_sql("SET LOCAL ROLE NONE")
    one_time = set(connection.exec_driver_sql(_ONE_TIME, {"mark": f"application_name={ONE_TIME}"}).scalars())
    return tuple(
        Login(
            name=found.name,
            role=_role(names, found),
            may_sign_in=found.can_sign_in and _role(names, found) is not None,
            one_time_password=found.name in one_time,
            signed_in=found.name in signed_in,
            last_change=seen.get(found.name),
        )
        for found in people
        if _role(names, found) is not None or names.database in found.databases
    )


def hold_to_limits(connection: Connection, names: Names) -> int:
    """Set the time-outs and the limit of connections of everybody who has a role; how many people that are."""
    people = [found for row in connection.exec_driver_sql(_LOGINS) if _role(names, found := _found(row)) is not None]
    for found in people:
        role = _role(names, found)
        assert role is not None
        try:
            with connection.begin_nested():
                _limit(connection, names, found.name, role)
        except DBAPIError as error:  # a login that only a superuser may change, as one has made it
            if getattr(error.orig, "sqlstate", "") != NO_RIGHT:
                raise
    return len(people)


def hashed(connection: Connection, name: str, password: str) -> str:
    """What PostgreSQL keeps of a password, made here."""
    driver: Any = connection.connection.dbapi_connection
    made: bytes = driver.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
    return made.decode()


def _make(connection: Connection, names: Names, name: str, password: str) -> None:
    secret = literal(hashed(connection, name, password))
    connection.exec_driver_sql(f"CREATE ROLE {quote(name)} LOGIN PASSWORD {secret}")
    _mark(connection, name, {names.database})
    _mark_one_time(connection, names, name)


def _let_in_again(connection: Connection, names: Names, found: _Found, password: str, *, same_person: bool) -> str:
    """Somebody who was removed comes back with a new password; "" when that was not said."""
    if not same_person:
        return ""
    secret = literal(hashed(connection, found.name, password))
    connection.exec_driver_sql(f"ALTER ROLE {quote(found.name)} LOGIN PASSWORD {secret}")
    _mark_one_time(connection, names, found.name)
    return password


def _somebody(names: Names, found: _Found) -> tuple[str]:
    if names.database in found.databases:
        return (
            f"Somebody named {found.name} had a role here before. If it is the same person who comes back, add"
            " --same-person; else choose another name, as the audit trail would take the two for one.",
        )
    return (
        f"The server has a login named {found.name} already, which was not made for this database. If it is the same"
        " person, add --same-person; else choose another name.",
    )


def _refuse_power(connection: Connection, names: Names, found: _Found) -> None:
    ours = {*names.groups, names.owner}
    if not found.can_sign_in and not found.databases:
        raise Refused(f"The server has a role named {found.name} that is no person.", hint="Choose another name.")
    if found.powerful or names.owner in found.groups or any(g.startswith("pg_") for g in set(found.groups) - ours):
        raise Refused(
            f"The login {found.name} has powers over the server, so it cannot be a person at the desk.",
            hint="Nothing was changed. Whoever looks after the server works at the desk with a second login.",
        )


def _role(names: Names, found: _Found) -> Role | None:
    held = [names.groups[group] for group in found.groups if group in names.groups]
    return held[0] if held else None


def _join(connection: Connection, names: Names, name: str, role: Role) -> None:
    how = " WITH INHERIT TRUE, SET FALSE" if me(connection).narrow else ""
    connection.exec_driver_sql(f"GRANT {quote(names.group(role))} TO {quote(name)}{how}")
    _limit(connection, names, name, role)


def _leave(connection: Connection, names: Names, found: _Found) -> None:
    """Out of every role of this database, whoever gave it."""
    asking = me(connection)
    for group, grantor in connection.exec_driver_sql(_MEMBERSHIPS, {"name": found.name}).all():
        if group in names.groups:
            by = f" GRANTED BY {quote(grantor)}" if asking.narrow else ""
            connection.exec_driver_sql(f"REVOKE {quote(group)} FROM {quote(found.name)}{by}")


def _limit(connection: Connection, names: Names, name: str, role: Role) -> None:
    held = limits(role)
    connection.exec_driver_sql(f"ALTER ROLE {quote(name)} CONNECTION LIMIT {CONNECTIONS}")
    for setting, seconds in (
        ("statement_timeout", held.statement),
        ("lock_timeout", held.lock),
        ("idle_in_transaction_session_timeout", held.idle),
    ):
        _set(connection, names, name, f"{setting} = '{seconds}s'")
    _set(connection, names, name, f"search_path = {SCHEMA}")


def _set(connection: Connection, names: Names, name: str, what: str) -> None:
    connection.exec_driver_sql(f"ALTER ROLE {quote(name)} IN DATABASE {quote(names.database)} SET {what}")


def _mark_one_time(connection: Connection, names: Names, name: str) -> None:
    # PostgreSQL knows no password that must be changed. A setting of the login that means nothing else, and that the
    # person may take back, is all there is to write it down in.
    _set(connection, names, name, f"application_name = '{ONE_TIME}'")


def _mark(connection: Connection, name: str, databases: set[str]) -> None:
    words = MARK + json.dumps(sorted(databases), ensure_ascii=False)
    connection.exec_driver_sql(f"COMMENT ON ROLE {quote(name)} IS {literal(words)}")


def _find(connection: Connection, name: str) -> _Found | None:
    row = connection.exec_driver_sql(_ONE_LOGIN, {"name": name}).first()
    return None if row is None else _found(row)


def _found(row: Any) -> _Found:
    said = row.comment or ""
    databases = tuple(json.loads(said.removeprefix(MARK))) if said.startswith(MARK) else ()
    return _Found(row.name, row.can_sign_in, row.powerful, databases, tuple(row.groups))


_EVERY_ROLE = """
SELECT r.rolname AS name, r.rolcanlogin AS can_sign_in, shobj_description(r.oid, 'pg_authid') AS comment,
    r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls AS powerful,
    ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
        WHERE m.member = r.oid AND coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, true)) AS groups
FROM pg_roles r WHERE r.rolname !~ '^pg_'
"""
_LOGINS = f"{_EVERY_ROLE} ORDER BY r.rolname"
_ONE_LOGIN = f"{_EVERY_ROLE} AND r.rolname = %(name)s"
_MEMBERSHIPS = """
SELECT DISTINCT g.rolname, by.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
JOIN pg_roles p ON p.oid = m.member LEFT JOIN pg_roles by ON by.oid = m.grantor WHERE p.rolname = %(name)s
"""
_END = """
SELECT pg_terminate_backend(pid, %(wait)s) FROM pg_stat_activity
WHERE usename = %(name)s AND (%(everywhere)s OR datname = current_database())
"""
_SIGNED_IN = "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = current_database() AND usename IS NOT NULL"
_LAST = f"SELECT person, max(at) AS at FROM {SCHEMA}.audit_entry GROUP BY person"
_ONE_TIME = """
SELECT r.rolname FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
JOIN pg_database d ON d.oid = s.setdatabase
WHERE d.datname = current_database() AND %(mark)s = ANY(s.setconfig)
"""
