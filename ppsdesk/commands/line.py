"""The command line: what can be typed, and one plain sentence when it cannot be done.

Exit status: 0 done; 1 refused, with a sentence; 2 for commands, options and arguments that do not exist or are missing.
"""

from __future__ import annotations

import argparse
import logging
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

from ppsdesk import __version__
from ppsdesk.domain.errors import DeskError, Refused

Line = argparse.Namespace

COMMANDS = {"practice": "practice", "report": "report", "import": "bring_in", "check": "check"}

ABOUT = "Log helpline calls, keep them safely, count them for the committee. Without a command the window opens."


def read_line(arguments: list[str]) -> Line:
    """Understand the command line; leaves with status 2 where it makes no sense, with 0 after --help."""
    common = argparse.ArgumentParser(add_help=False, allow_abbrev=False, argument_default=argparse.SUPPRESS)
    _common(common)
    parser = argparse.ArgumentParser(prog="ppsdesk", description=ABOUT, parents=[common], allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"ppsdesk {__version__}")
    parser.add_argument("--practice", action="store_true", help="open the window on throw-away practice data")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, module in COMMANDS.items():
        import_module(f"ppsdesk.commands.{module}").add_to(commands, name, common)
    # not set_defaults: it would reach into the shared options, and a default after the command undo what stood before it
    said = vars(parser.parse_args(arguments))
    return Line(**{"data_dir": None, "database": "", "person": "", "as_of": None, **said})


def _common(parser: argparse.ArgumentParser) -> None:
    """Options that may stand before or after the command; no defaults here, or the later would undo the earlier."""
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="this desk's folder: database, settings, logs, backups")
    parser.add_argument("--database", metavar="postgresql://…", help="where the records are, if on a shared server")
    parser.add_argument("--as", dest="person", metavar="NAME", help="who acts, in a local file")
    parser.add_argument("--as-of", metavar="DATE", help="take that day as today, written 2002-03-31")


def day(text: str | None, option: str) -> date | None:
    """A day from an option. Refused, naming the option, when it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{option} “{text}” is not a date.", hint="Write it as 2002-03-31.") from None


def whole_number(text: str, option: str) -> int:
    """A whole number from an option. Refused, naming the option, when it is none."""
    try:
        return int(text)
    except ValueError:
        raise Refused(f"{option} “{text}” is not a whole number.") from None


def run(line: Line) -> int:
    """Carry out a command; its exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal that cannot show a sign shows “?”
    try:
        return int(import_module(f"ppsdesk.commands.{COMMANDS[line.command]}").run(line) or 0)
    except DeskError as error:
        print(error.sentence, file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped. Nothing was changed.", file=sys.stderr)
    except BrokenPipeError:
        return 1
    except Exception as error:  # noqa: BLE001  # the last line of defence: no traceback ever reaches a person
        logging.getLogger("ppsdesk").exception("command failed")
        print(
            f"The program made a mistake ({type(error).__name__}) and stopped; what was saved before is safe."
            " The details are in the logs folder of this desk.",
            file=sys.stderr,
        )
    return 1
