"""Setting up a shared server: its owner, its roles, its tables and who may do what. Repeatable.

Done by an administrator of the database: a superuser, or a login that may make roles and owns the database. Everything
in it belongs to a role nobody can sign in as; the administrator acts as that role.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, event

from ppsdesk.domain.errors import Refused
from ppsdesk.domain.logins import SetUp
from ppsdesk.domain.rights import Role
from ppsdesk.domain.starters import Starters
from ppsdesk.storage import audit, engine, granting, schema
from ppsdesk.storage.administrator import Address, Me, acting_as, me, needs
from ppsdesk.storage.granting import SCHEMA, Names, literal, quote
from ppsdesk.storage.logins import hold_to_limits

OLDEST = 14
SET_UP_LOCK = audit.UPGRADE_LOCK + 1  # one set-up at a time; the upgrade within it has a lock of its own
FIRST = "Nothing was changed."


def set_up(address: Address, starters: Starters, *, now: datetime) -> SetUp:
    """Bring a database to this version, with its roles and rights as they should be; again and again if need be.

    Raises `Refused` for what the administrator's login may not do, `CannotStart` for a database that is not ours.
    """
    names = Names(address.database)
    with acting_as(address) as acting, acting.connect() as guard, _one_at_a_time(guard):
        with acting.connect() as looking:
            found = _look(looking, names)
        moved = _own(acting, names)
        owning = _as_owner(address, names)
        try:
            schema.upgrade_shared(owning, starters, person=address.url.username or names.owner, now=now)
        finally:
            owning.dispose()
        return _give(acting, names, found=found, moved=moved)


@contextmanager
def _one_at_a_time(guard: Connection) -> Iterator[None]:
    if not guard.exec_driver_sql("SELECT pg_try_advisory_lock(%(key)s)", {"key": SET_UP_LOCK}).scalar_one():
        raise Refused("Somebody else is setting this database up just now.", hint=f"{FIRST} Try again in a minute.")
    guard.commit()
    try:
        yield
    finally:
        with suppress(Exception):  # a lost connection has let go of the lock already
            guard.exec_driver_sql("SELECT pg_advisory_unlock(%(key)s)", {"key": SET_UP_LOCK})
            guard.commit()


# -- before anything is changed --------------------------------------------------------------------------------------


def _look(connection: Connection, names: Names) -> str | None:
    """What is there, with every reason not to begin; the age of the tables."""
    asking = me(connection)
    if asking.version // 10_000 < OLDEST:
        raise Refused(
            f"This server is PostgreSQL {asking.version // 10_000}.", hint=f"ppsdesk needs {OLDEST} or later."
        )
    _refuse_without_rights(connection, asking, names)
    found = schema.revision(connection)
    schema.refuse_unknown(found, "The shared database")
    others = connection.exec_driver_sql(_TABLES, {"schema": SCHEMA}).scalars().all()
    if found is None and others:
        schema.refuse_not_empty(others)
    _refuse_not_ours(connection, asking, names)
    for name in (names.owner, *names.groups):
        _refuse_taken(connection, name)
    return found


def _refuse_without_rights(connection: Connection, asking: Me, names: Names) -> None:
    if asking.superuser:
        return
    if not asking.makes_roles:
        raise Refused(
            f"The login {asking.name} may not make roles on this server.",
            hint=f"{FIRST} Its superuser can allow it: ALTER ROLE {quote(asking.name)} CREATEROLE",
        )
    if not asking.owns:
        raise Refused(
            f"The login {asking.name} does not own the database {names.database}.",
            hint=f"{FIRST} Its superuser can change that: "
            f"ALTER DATABASE {quote(names.database)} OWNER TO {quote(asking.name)}",
        )


def _refuse_not_ours(connection: Connection, asking: Me, names: Names) -> None:
    holder = connection.exec_driver_sql(_NOT_OURS, {"schema": SCHEMA}).scalar()
    if holder is not None and not asking.superuser:
        raise Refused(
            f"What is in the database {names.database} belongs to {holder}, and {asking.name} may not act as {holder}.",
            hint=f"{FIRST} Set it up as {holder} or as the server's superuser; or the superuser gives it away: "
            f"ALTER SCHEMA {SCHEMA} OWNER TO {quote(asking.name)}",
        )


def _refuse_taken(connection: Connection, name: str) -> None:
    """A login of that name, or a role with powers, was not made by us."""
    row = connection.exec_driver_sql(_ROLE, {"name": name}).first()
    if row is not None and (row.can_sign_in or row.powerful):
        raise Refused(
            f"The server has a login or a role with special powers named {name} already.",
            hint=f"{FIRST} The roles of this database are named after it; give the database another name.",
        )


# -- roles and ownership -----------------------------------------------------------------------------------------------


def _own(acting: Engine, names: Names) -> int:
    """Make the roles that are missing, and let the owner own everything; how many things changed hands."""
    with acting.begin() as connection, needs("make the roles of this database", "Sign in as who made them."):
        asking = me(connection)
        for name, words in ((names.owner, "owner"), *((group, role.value) for group, role in names.groups.items())):
            if connection.exec_driver_sql(_ROLE, {"name": name}).first() is None:
                connection.exec_driver_sql(f"CREATE ROLE {quote(name)} NOLOGIN")
                about = f"ppsdesk: {words} of the database {names.database}"
                connection.exec_driver_sql(f"COMMENT ON ROLE {quote(name)} IS {literal(about)}")
        if not asking.superuser and not _may_act_as(connection, names.owner, "SET" if asking.narrow else "MEMBER"):
            how = " WITH INHERIT TRUE, SET TRUE" if asking.narrow else ""
            connection.exec_driver_sql(f"GRANT {quote(names.owner)} TO {quote(asking.name)}{how}")
        return _hand_over(connection, names)


def _may_act_as(connection: Connection, name: str, kind: str) -> bool:
    question = "SELECT pg_has_role(session_user, %(name)s, %(kind)s)"
    return bool(connection.exec_driver_sql(question, {"name": name, "kind": kind}).scalar_one())


def _hand_over(connection: Connection, names: Names) -> int:
    """Tables of an older set-up belong to whoever made them."""
    asked = {"schema": SCHEMA, "owner": names.owner}
    if connection.exec_driver_sql(_SCHEMA_OWNER, {"schema": SCHEMA}).scalar_one() != names.owner:
        connection.exec_driver_sql(f"ALTER SCHEMA {SCHEMA} OWNER TO {quote(names.owner)}")
    things = connection.exec_driver_sql(_OTHERS, asked).all()
    for kind, name in things:
        connection.exec_driver_sql(f"ALTER {kind} {name} OWNER TO {quote(names.owner)}")
    return sum(kind == "TABLE" for kind, _ in things)


def _as_owner(address: Address, names: Names) -> Engine:
    """Sessions of the administrator, acting as the owner."""
    made = engine.shared(address.url.set(password=address.password))

    def become(driver: Any, _record: Any) -> None:
        driver.execute(f"SET ROLE {quote(names.owner)}")
        driver.commit()

    event.listen(made, "connect", become)
    return made


# -- rights ------------------------------------------------------------------------------------------------------------


def _give(acting: Engine, names: Names, *, found: str | None, moved: int) -> SetUp:
    """Take all rights away and give those of the table, in one transaction: nobody works without in between."""
    with acting.begin() as connection, needs("give rights on this database", "Sign in as its owner."):
        connection.exec_driver_sql(f"SET LOCAL ROLE {quote(names.owner)}")
        strangers = granting.take_away(connection, names)
        granting.grant(connection, names)
        missing = audit.missing_triggers(connection)
        if missing:
            audit.make_triggers(connection)
        connection.exec_driver_sql("SET LOCAL ROLE NONE")
        _give_database(connection, names, strangers)
        people = hold_to_limits(connection, names)
    return SetUp(
        found=found,
        revision=schema.HEAD,
        owner=names.owner,
        moved=moved,
        triggers=missing,
        strangers=strangers,
        people=people,
    )


def _give_database(connection: Connection, names: Names, strangers: tuple[str, ...]) -> None:
    """Signing in is for people with a role, and for nothing else: no schemas and no tables of their own."""
    database, groups = quote(names.database), [quote(group) for group in names.groups]
    from_all = ", ".join(["PUBLIC", *groups, *map(quote, strangers), quote(names.owner)])
    connection.exec_driver_sql(f"REVOKE ALL ON DATABASE {database} FROM {from_all} CASCADE")
    connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {database} TO {', '.join(groups)}")
    if me(connection).superuser:  # only the server's superuser owns these functions
        for function in connection.exec_driver_sql(_LARGE_OBJECTS).scalars().all():
            connection.exec_driver_sql(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")


def role_of(connection: Connection, database: str) -> Role | None:
    """The role of whoever is signed in; None for an owner or administrator, and where no roles were set up."""
    names = connection.exec_driver_sql(_MY_GROUPS).scalars().all()
    try:
        groups = Names(database).groups
    except Refused:
        return None
    found = [groups[name] for name in names if name in groups]
    return found[0] if len(found) == 1 else None


_TABLES = (
    "SELECT relname FROM pg_class WHERE relnamespace = %(schema)s::regnamespace AND relkind IN ('r', 'p') ORDER BY 1"
)
_ROLE = """
SELECT rolcanlogin AS can_sign_in,
    rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls AS powerful
FROM pg_roles WHERE rolname = %(name)s
"""
_SCHEMA_OWNER = """
SELECT r.rolname FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner WHERE n.oid = %(schema)s::regnamespace
"""
_HELD = """
SELECT relowner AS owner FROM pg_class WHERE relnamespace = %(schema)s::regnamespace AND relkind IN ('r', 'p')
UNION SELECT nspowner FROM pg_namespace WHERE oid = %(schema)s::regnamespace
"""
_NOT_OURS = f"SELECT r.rolname FROM ({_HELD}) h JOIN pg_roles r ON r.oid = h.owner " \
    "WHERE NOT pg_has_role(session_user, h.owner, 'MEMBER') LIMIT 1"  # fmt: skip
_OTHERS = """
SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END,
    c.oid::regclass::text
FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND r.rolname <> %(owner)s
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
        AND d.deptype IN ('a', 'i', 'e'))
UNION ALL SELECT 'FUNCTION', p.oid::regprocedure::text FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
WHERE p.pronamespace = %(schema)s::regnamespace AND p.proname IN ('audit_change', 'audit_refuse')
    AND r.rolname <> %(owner)s
"""
_LARGE_OBJECTS = """
SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
    AND proname IN ('lo_create', 'lo_creat', 'lo_from_bytea')
"""
# since PostgreSQL 16 whoever makes a role is a member of it without having its rights
_MY_GROUPS = """
SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles p ON p.oid = m.member
WHERE p.rolname = session_user AND coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, true)
"""
