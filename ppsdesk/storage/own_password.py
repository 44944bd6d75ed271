"""The password of whoever is signed in to a shared database."""

from __future__ import annotations

from sqlalchemy import Engine

from ppsdesk.storage.engine import use_password
from ppsdesk.storage.granting import literal, quote
from ppsdesk.storage.logins import ONE_TIME, hashed
from ppsdesk.storage.work import plain_errors


def is_one_time(engine: Engine) -> bool:
    """Whether an administrator made it and nobody changed it since."""
    with plain_errors(), engine.connect() as connection:
        question = {"mark": f"application_name={ONE_TIME}"}
        return bool(connection.exec_driver_sql(_ONE_TIME, question).scalar_one())


def change(engine: Engine, new: str) -> None:
    """Change it on the server, which is only told what it keeps of it; connections made later use the new one."""
    with plain_errors(), engine.begin() as connection:
        name, database = connection.exec_driver_sql("SELECT session_user, current_database()").one()
        secret = literal(hashed(connection, name, new))
        connection.exec_driver_sql(f"ALTER ROLE {quote(name)} PASSWORD {secret}")
        connection.exec_driver_sql(f"ALTER ROLE {quote(name)} IN DATABASE {quote(database)} RESET application_name")

    use_password(engine, new)


_ONE_TIME = """
SELECT EXISTS (SELECT 1 FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
    JOIN pg_database d ON d.oid = s.setdatabase
    WHERE r.rolname = session_user AND d.datname = current_database() AND %(mark)s = ANY(s.setconfig))
"""
