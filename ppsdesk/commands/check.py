"""`check`: open, verify, say what was found; with --create make the schema of an empty shared database."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ppsdesk.domain.errors import Refused


def add_to(parser: ArgumentParser, _common: ArgumentParser) -> None:
    """Say what can be typed."""
    parser.add_argument(
        "--create", action="store_true", help="make the tables in an empty PostgreSQL database, as its owner"
    )


def run(line: Namespace) -> int:
    """Carry it out."""
    from ppsdesk import assembly
    from ppsdesk.commands.desk import ask_for_password, services
    from ppsdesk.commands.line import chosen

    if line.create:
        choices = chosen(line)
        if choices.database:
            made = assembly.create_shared(choices, ask_for_password)
            print("The tables were made." if made else "The tables were there already.")
    with services(line) as desk:
        print(f"{desk.whereabouts.words}{', practice data' if desk.whereabouts.practice else ''}")
        findings = desk.check()
    for finding in findings:
        print(f"{'ok ' if finding.good else 'NOT OK'}  {finding.words}")
    bad = [finding.words for finding in findings if not finding.good]
    if bad:
        raise Refused(f"The database is not as it should be: {' '.join(bad)}", hint="Restore the newest good backup.")
    return 0
