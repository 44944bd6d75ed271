"""The rights of a shared database as statements of PostgreSQL, made from the one table in `domain/rights.py`.

Rights go to group roles only, and only their own rights: whatever else was given on these tables is taken away first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from ppsdesk.domain.errors import Refused
from ppsdesk.domain.rights import Action, Role, Subject, may
from ppsdesk.storage.audit import AUDITED
from ppsdesk.storage.base import Base

SCHEMA = "public"
LONGEST = 63  # bytes of a name in PostgreSQL; longer ones are cut off without a word
LOGIN_WORD = "ppsdesk"


@dataclass(frozen=True, slots=True)
class Names:
    """The roles of one database. A role belongs to the whole server, so each begins with the database's name: two
    databases on one server share no right."""

    database: str

    def __post_init__(self) -> None:
        if len(self.group(max(Role, key=len)).encode()) > LONGEST:
            raise Refused(
                f"The name of the database, “{self.database}”, is too long to name its roles after it.",
                hint=f"Use one of up to {LONGEST - len(max(Role, key=len)) - 1} letters.",
            )

    @property
    def owner(self) -> str:
        """Owns every table, and nobody can sign in as it."""
        return f"{self.database}_owner"

    def group(self, role: Role) -> str:
        """The role without a login that holds the rights of everybody in that role."""
        return f"{self.database}_{role.value}"

    @property
    def groups(self) -> dict[str, Role]:
        """Every group of this database."""
        return {self.group(role): role for role in Role}


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a subject.

    `records` are what the rights speak of. `parts` are rows that belong to a record and are written anew with it: who
    may add or change the record may add, change and delete those. `part` are the columns that may be read where the
    table of rights says “in part”: no names, numbers or words.
    """

    records: tuple[str, ...]
    parts: tuple[str, ...] = ()
    part: tuple[tuple[str, tuple[str, ...]], ...] = ()


_LINKS = ("call_topic", "call_advice", "call_stage", "call_information", "call_signpost", "call_organisation")
TABLES: dict[Subject, Tables] = {
    Subject.CALLS: Tables(
        ("call",),
        (*_LINKS, "call_child", "call_child_stage"),
        (
            (
                "call",
                (
                    "id", "line_id", "method_id", "direction", "taken_on", "started_at", "ended_at", "minutes",
                    "minutes_by_hand", "caller_kind_id", "anonymous", "level_id", "outcome_id", "how_heard_id",
                    "entered_late", "recorded_at", "removed_at", "caller_id", "not_one_child", "area_id",
                ),
            ),
            *((link, ("call_id", "term_id", "position")) for link in _LINKS[:-1]),
            ("call_organisation", ("call_id", "organisation_id", "position")),
            ("call_child", ("call_id", "person_id", "position")),
            ("call_child_stage", ("call_id", "person_id", "term_id", "position")),
        ),
    ),
    Subject.RINGS: Tables(
        ("non_data_call",), part=(("non_data_call", ("id", "kind", "line_id", "taken_on", "at", "removed_at")),)
    ),
    Subject.STEPS: Tables(
        ("next_step",),
        ("step_attempt",),
        (
            ("next_step", ("id", "kind", "state", "due_on", "call_id", "person_id", "asked_at", "ended_at")),
            ("step_attempt", ("step_id", "number", "at", "result")),
        ),
    ),
    Subject.DRAFTS: Tables(("draft",)),
    Subject.PEOPLE: Tables(
        ("person",), ("person_format", "contact_point", "address", "person_search", "not_same")
    ),
    Subject.FAMILIES: Tables(("relationship", "alert", "consent", "affiliation")),
    Subject.HIDDEN_ADDRESSES: Tables(
        ("hidden_address",), part=(("hidden_address", ("id", "key", "person_id", "version")),)
    ),
    Subject.SAFEGUARDING: Tables(
        ("safeguarding_note",), part=(("safeguarding_note", ("id", "key", "person_id")),)
    ),
    Subject.LOOKS: Tables(("disclosure",), part=(("disclosure", ("id",)),)),
    Subject.ORGANISATIONS: Tables(("organisation",), ("organisation_search",)),
    Subject.LISTS: Tables(("term",)),
    Subject.TEXTS: Tables(("snippet",)),
    Subject.SCHOOL_TERMS: Tables(("school_term",)),
    Subject.REPORTS: Tables(()),
    Subject.SAVED_REPORTS: Tables(("saved_report",)),
    Subject.DATES: Tables(("dated_matter",), ("matter_fact", "matter_date", "moved_date", "dates_worked_out")),
    Subject.RULES: Tables(("bank_holiday_change", "rule_change")),
    Subject.IMPORTS: Tables(("import_batch",)),
    Subject.SERVICE: Tables(("data_set",)),
    # in part: every column, but by policy only some rows
    Subject.AUDIT: Tables(
        ("audit_entry", "audit_value"),
        part=(
            ("audit_entry", ("id", "at", "person", "action", "table_name", "record_id")),
            ("audit_value", ("id", "entry_id", "column_name", "old", "new")),
        ),
    ),
    Subject.SCHEMA: Tables(("alembic_version", "maintenance", "acting_person")),
}  # fmt: skip
# what is in these is read by whoever may read the records themselves, and by no auditor
HIDDEN = (Subject.HIDDEN_ADDRESSES, Subject.SAFEGUARDING)
_PRIVILEGES = {Action.READ: "SELECT", Action.ADD: "INSERT", Action.CHANGE: "UPDATE", Action.REMOVE: "DELETE"}
WHOLE_PART = ("INSERT", "UPDATE", "DELETE")


def privileges(role: Role, subject: Subject) -> dict[str, frozenset[str]]:
    """Rights of a role on the tables of a subject, as PostgreSQL names them; those on columns are `columns`."""
    tables = TABLES[subject]
    given = {table: {_PRIVILEGES[action] for action in _PRIVILEGES if may(role, subject, action)}
             for table in tables.records}  # fmt: skip
    writes = may(role, subject, Action.ADD) or may(role, subject, Action.CHANGE)
    for table in tables.parts:
        given[table] = {"SELECT"} if may(role, subject, Action.READ) else set()
        given[table] |= set(WHOLE_PART) if writes else set()
    return {table: frozenset(rights) for table, rights in given.items()}


def columns(role: Role, subject: Subject) -> dict[str, tuple[str, ...]]:
    """The columns a role may read of tables it may not read as a whole."""
    if may(role, subject, Action.READ) or not may(role, subject, Action.PART):
        return {}
    return dict(TABLES[subject].part)


def history(role: Role) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tables whose trail a role may read: the entries (who, when, what was done), and their values."""
    if not may(role, Subject.AUDIT, Action.PART):
        return (), ()
    whole = may(role, Subject.AUDIT, Action.READ)
    entries, values = [], []
    for subject, tables in TABLES.items():
        audited = [table for table in (*tables.records, *tables.parts) if table in AUDITED]
        reads = may(role, subject, Action.READ)
        if whole or reads or (subject in (*HIDDEN, Subject.LOOKS) and may(role, Subject.PEOPLE)):
            entries += audited
        if reads or (whole and subject not in HIDDEN):
            values += audited
    return tuple(sorted(entries)), tuple(sorted(values))


def quote(name: str) -> str:
    """A name of PostgreSQL, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text in a statement that takes no parameters."""
    return "'" + text.replace("'", "''") + "'"


def take_away(connection: Connection, names: Names) -> tuple[str, ...]:
    """Take every right on the owner's tables away from everybody; logins that had any of their own, by name."""
    holders = connection.exec_driver_sql(_HOLDERS, {"schema": SCHEMA}).scalars().all()
    strangers = [name for name in holders if name != names.owner and name not in names.groups]
    from_all = ", ".join(["PUBLIC", *map(quote, [*names.groups, *strangers])])
    for kind, question in (("TABLE", _TABLES_OF), ("SEQUENCE", _SEQUENCES_OF), ("FUNCTION", _FUNCTIONS_OF)):
        found = connection.exec_driver_sql(question, {"schema": SCHEMA, "owner": names.owner}).scalars().all()
        if found:
            connection.exec_driver_sql(f"REVOKE ALL ON {kind} {', '.join(found)} FROM {from_all} CASCADE")
    connection.exec_driver_sql(f"REVOKE ALL ON SCHEMA {SCHEMA} FROM {from_all} CASCADE")
    return tuple(strangers)


def grant(connection: Connection, names: Names) -> None:
    """Give the groups exactly what the table of rights says. After `take_away`, in the same transaction."""
    everybody = ", ".join(map(quote, names.groups))
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {everybody}")
    for role in Role:
        for statement in _grants(connection, role, quote(names.group(role))):
            connection.exec_driver_sql(statement)
    for statement in _policies(names):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {quote(names.owner)} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"
    )


def _grants(connection: Connection, role: Role, group: str) -> Iterator[str]:
    for subject in Subject:
        given = privileges(role, subject)
        for table, rights in given.items():
            if rights:
                yield f"GRANT {', '.join(sorted(rights))} ON {SCHEMA}.{quote(table)} TO {group}"
            if "INSERT" in rights and (sequence := _sequence(connection, table)):
                yield f"GRANT USAGE ON SEQUENCE {sequence} TO {group}"
        for table, readable in columns(role, subject).items():
            yield f"GRANT SELECT ({', '.join(map(quote, readable))}) ON {SCHEMA}.{quote(table)} TO {group}"


def _sequence(connection: Connection, table: str) -> str | None:
    if table not in Base.metadata.tables or "id" not in Base.metadata.tables[table].columns:
        return None
    found: str | None = connection.exec_driver_sql(
        "SELECT pg_get_serial_sequence(%(table)s, 'id')", {"table": f"{SCHEMA}.{quote(table)}"}
    ).scalar()
    return found


def _policies(names: Names) -> Iterator[str]:
    """Rows of the trail, each to those who may read the record it is about. The owner, whose triggers write them, is
    not held to policies."""
    for table in ("audit_entry", "audit_value"):
        yield f"ALTER TABLE {SCHEMA}.{table} ENABLE ROW LEVEL SECURITY"
        for role in Role:
            yield f"DROP POLICY IF EXISTS {quote(_policy(role))} ON {SCHEMA}.{table}"
    for role in Role:
        entries, values = history(role)
        if entries:
            to = f"FOR SELECT TO {quote(names.group(role))} USING"
            yield f"CREATE POLICY {quote(_policy(role))} ON {SCHEMA}.audit_entry {to} ({_among('table_name', entries)})"
            yield (
                f"CREATE POLICY {quote(_policy(role))} ON {SCHEMA}.audit_value {to} (EXISTS (SELECT 1 FROM "
                f"{SCHEMA}.audit_entry e WHERE e.id = entry_id AND {_among('e.table_name', values)}))"
            )


def _policy(role: Role) -> str:
    return f"seen_by_{role.value}"


def _among(column: str, tables: Iterable[str]) -> str:
    return f"{column} IN ({', '.join(map(literal, tables))})"


_ACLS = """
SELECT relacl AS acl FROM pg_class WHERE relnamespace = %(schema)s::regnamespace
UNION ALL SELECT attacl FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE c.relnamespace = %(schema)s::regnamespace
UNION ALL SELECT proacl FROM pg_proc WHERE pronamespace = %(schema)s::regnamespace AND proname LIKE 'audit\\_%%'
UNION ALL SELECT nspacl FROM pg_namespace WHERE oid = %(schema)s::regnamespace
UNION ALL SELECT datacl FROM pg_database WHERE datname = current_database()
"""
_HOLDERS = f"""
SELECT DISTINCT r.rolname FROM ({_ACLS}) a CROSS JOIN LATERAL aclexplode(a.acl) e JOIN pg_roles r ON r.oid = e.grantee
WHERE r.rolname <> 'pg_database_owner' AND NOT r.rolsuper
    AND r.oid <> (SELECT datdba FROM pg_database WHERE datname = current_database())
ORDER BY r.rolname
"""
_OWNED = "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner " \
    "WHERE c.relnamespace = %(schema)s::regnamespace AND r.rolname = %(owner)s AND c.relkind IN "  # fmt: skip
_TABLES_OF = f"{_OWNED} ('r', 'p', 'v', 'm')"
_SEQUENCES_OF = f"{_OWNED} ('S')"
_FUNCTIONS_OF = (
    "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner "
    "WHERE p.pronamespace = %(schema)s::regnamespace AND r.rolname = %(owner)s"
)
