"""`server`: set a shared database up, let people in and out, and say who they are."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ppsdesk.domain.errors import Refused
from ppsdesk.domain.logins import Login, SetUp
from ppsdesk.domain.rights import Role
from ppsdesk.domain.words import count_of

if TYPE_CHECKING:
    from ppsdesk.services.server import ServerDesk


def add_to(parser: ArgumentParser, common: ArgumentParser) -> None:
    """Say what can be typed."""
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True, title="tasks")
    tasks.add_parser(
        "setup", parents=[common], allow_abbrev=False,
        help="make or upgrade tables, roles and rights; can be run again at any time",
    )  # fmt: skip
    adding = tasks.add_parser(
        "add-person", parents=[common], allow_abbrev=False, help="make a login, or change somebody's role"
    )
    adding.add_argument("name", metavar="NAME", help="the name they sign in with")
    adding.add_argument("--role", required=True, choices=[role.value for role in Role], help="what they may do")
    adding.add_argument(
        "--same-person",
        action="store_true",
        help="the login of that name is theirs: they come back, or work twice here",
    )
    adding.add_argument("--new-password", action="store_true", help="they lost their password: make another one")
    removing = tasks.add_parser(
        "remove-person", parents=[common], allow_abbrev=False, help="take a leaver's login away"
    )
    removing.add_argument("name", metavar="NAME")
    tasks.add_parser("people", parents=[common], allow_abbrev=False, help="who has which role, and may sign in")


def run(line: Namespace) -> int:
    """Carry it out."""
    from ppsdesk import assembly
    from ppsdesk.commands.desk import ask_for_password
    from ppsdesk.commands.line import chosen
    from ppsdesk.services import logs

    choices = chosen(line)
    if not choices.database:
        raise Refused(
            "No shared database was named.",
            hint="Add --database postgresql://name@server/database, of its administrator.",
        )
    logs.start(choices.folder.logs)
    desk = assembly.server_desk(choices, ask_for_password)
    if line.task == "setup":
        _say_set_up(desk.set_up())
    elif line.task == "add-person":
        _add(line, desk)
    elif line.task == "remove-person":
        everywhere, ended = desk.remove_person(line.name)
        where = "cannot sign in any more" if everywhere else "cannot work here any more (but in another database)"
        print(f"{line.name} {where}. {count_of(ended, 'session')} ended. The name stays on the audit trail.")
    else:
        _say_people(desk.people())
    return 0


def _add(line: Namespace, desk: ServerDesk) -> None:
    role = Role(line.role)
    added = desk.add_person(line.name, role, same_person=line.same_person)
    if added.before is None:
        print(f"{added.name} has the role {role.label}.")
    elif added.before is role:
        print(f"{added.name} had the role {role.label} already.")
    else:
        print(f"{added.name} has the role {role.label} now (before: {added.before.label}).")
    if not added.may_sign_in:
        print("The login is closed on the server and stays so; --same-person opens it with a new password.")
    password = added.password or (desk.new_password(line.name) if line.new_password else "")
    if password:
        print(f"One-time password: {password}")
        print("It is shown this once. Hand it over apart from the name; it is to be changed at the first sign-in.")


def _say_set_up(done: SetUp) -> None:
    if done.found is None:
        print(f"The tables were made (schema {done.revision}).")
    elif done.found == done.revision:
        print(f"The tables are of this version already (schema {done.revision}).")
    else:
        print(f"The tables were upgraded from schema {done.found} to {done.revision}.")
    if done.moved:
        print(f"{count_of(done.moved, 'table')} of an older set-up now belong to {done.owner}.")
    if done.triggers:
        print(f"NOT OK before, made again: audit triggers {', '.join(done.triggers)}.")
    if done.strangers:
        print(
            f"Rights that were given by hand were taken from {', '.join(done.strangers)}."
            " Give each of them a role: server add-person NAME --role ROLE --same-person"
        )
    print(f"Rights are as the manual's table says; everything belongs to {done.owner}, and nobody can sign in as that.")
    print(f"{count_of(done.people, 'person', 'people')} with a role.")


def _say_people(people: tuple[Login, ...]) -> None:
    rows = [("Name", "Role", "May sign in", "Last seen")]
    for one in people:
        may = "no" if not one.may_sign_in else "yes, one-time password" if one.one_time_password else "yes"
        last = "signed in now" if one.signed_in else f"{one.last_change:%Y-%m-%d}" if one.last_change else "never"
        rows.append((one.name, one.role.label if one.role else "none any more", may, last))
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip())
