"""The command line: what can be typed, and one plain sentence when it cannot be done.

Exit status: 0 done; 1 refused, with a sentence; 2 for commands, options and arguments that do not exist or are missing.
"""

from __future__ import annotations

import argparse
import errno
import io
import logging
import os
import re
import signal
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ppsdesk import __version__
from ppsdesk.domain.errors import STILL_HERE, DeskError, Refused

if TYPE_CHECKING:
    from ppsdesk.services.beginning import Choices
    from ppsdesk.services.locations import DeskFolder

Line = argparse.Namespace

# command, the module that carries it out, what it is for
COMMANDS = {
    "practice": ("practice", "fill an empty database with practice data"),
    "report": ("report", "count calls, on the terminal or into a file"),
    "import": ("bring_in", "take in a call log, or take an import back"),
    "dates": ("dates", "work out a date of the law and explain it; needs no database"),
    "check": ("check", "open the database, verify it and say what was found"),
    "server": ("server", "look after a shared database: set it up, let people in and out"),
}

LONGEST_NAME = 200
LONGEST_QUOTED = 200
_A_DAY, _A_NUMBER = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile(r"\s*[+-]?[0-9]+\s*")
_QUOTED = re.compile(f"“([^”]{{{LONGEST_QUOTED}}})[^”]*”")
NO_ROOM = (errno.ENOSPC, errno.EIO, errno.EFBIG)  # behind “>”; no file of ours says it without its name
DONE_OR_NOT = "What was asked for may have been done all the same."
AGAIN = "Nothing was changed. Check the address and the network, then try again."
FIRST_YEAR, LAST_YEAR = 1900, 9998
ABOUT = "Log helpline calls, keep them safely, count them for the committee. Without a command the window opens."


def read_line(arguments: list[str]) -> Line:
    """Understand the command line; leaves with status 2 where it makes no sense, with 0 after --help."""
    common = argparse.ArgumentParser(add_help=False, allow_abbrev=False, argument_default=argparse.SUPPRESS)
    _common(common)
    parser = argparse.ArgumentParser(prog="ppsdesk", description=ABOUT, parents=[common], allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"ppsdesk {__version__}")
    parser.add_argument("--practice", action="store_true", help="open the window on throw-away practice data")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, (module, about) in COMMANDS.items():
        parser_of = commands.add_parser(name, help=about, description=about, parents=[common], allow_abbrev=False)
        if name in arguments:  # the others are only named: the window should not wait for modules it does not use
            import_module(f"ppsdesk.commands.{module}").add_to(parser_of, common)
    # not set_defaults: it reaches into the shared options, and a default after the command undoes what stood before
    said = vars(parser.parse_args(arguments))
    line = Line(**{"data_dir": None, "database": None, "person": None, "as_of": None, **said})
    if line.command and line.practice:  # it would work on the records that are not thrown away
        parser.error("--practice opens the window and goes with no command; practice data are made by “practice”")
    return line


def _common(parser: argparse.ArgumentParser) -> None:
    """Options that may stand before or after the command; no defaults here, or the later would undo the earlier."""
    parser.add_argument("--data-dir", metavar="DIR", help="this desk's folder: database, settings, logs, backups")
    parser.add_argument("--database", metavar="postgresql://…", help="where the records are, if on a shared server")
    parser.add_argument("--as", dest="person", metavar="NAME", help="who acts, in a local file")
    parser.add_argument("--as-of", metavar="DATE", help="take that day as today, written 2002-03-31")


def day(text: str | None, option: str) -> date | None:
    """A day from an option. Refused, naming the option, when it is none, or too far away to count years from."""
    if text is None:
        return None
    try:
        if not _A_DAY.fullmatch(text):
            raise ValueError(text)
        found = date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{option} “{text}” is not a date.", hint="Write it as 2002-03-31.") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refused(f"{option} “{text}” is too far away.", hint=f"Years are from {FIRST_YEAR} to {LAST_YEAR}.")
    return found


def whole_number(text: str, option: str) -> int:
    """A whole number from an option. Refused, naming the option, when it is none."""
    try:
        if not _A_NUMBER.fullmatch(text):
            raise ValueError(text)
        return int(text)
    except ValueError:  # a number of thousands of digits too
        raise Refused(f"{option} “{text}” is not a whole number.") from None


def chosen(line: Line) -> Choices:
    """What the command line and this desk's settings say together."""
    from ppsdesk.services.beginning import choices

    return choices(
        folder=_folder(line.data_dir),
        database=_address(line.database),
        person=_person(line.person),
        as_of=day(line.as_of, "--as-of"),
    )


def _folder(text: str | None) -> DeskFolder | None:
    if text is None:
        return None
    if not text.strip():  # a script's empty variable must not put the records into whatever folder it runs in
        raise Refused("--data-dir is empty.", hint="Give the name of a folder, or leave the option out.")
    from ppsdesk.services.locations import DeskFolder

    return DeskFolder(Path(text))


def _address(text: str | None) -> str:
    if text is not None and not text.strip():  # as with the folder: not into the file instead of onto the server
        raise Refused("--database is empty.", hint="Give the address of a shared database, or leave the option out.")
    if text is not None and not text.isprintable():
        raise Refused("--database holds signs that no address has.", hint="Write it anew.")
    return text or ""


def _person(name: str | None) -> str:
    if name is None:
        return ""
    name = " ".join(name.split())
    if not name:
        raise Refused("--as is empty.", hint="Give the name of who acts, or leave the option out.")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise Refused(f"--as takes a name of up to {LONGEST_NAME} printable characters.")
    return name


def run(line: Line) -> int:
    """Carry out a command; its exit status."""
    from ppsdesk.services import logs

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a sign shows “?”
    logging.getLogger(logs.ROOT).addHandler(logging.NullHandler())  # a fault before there is a log file stays silent
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to stop from outside: as by Ctrl+C
    try:
        return _carried_out(line)
    except BrokenPipeError:  # whoever read along has stopped: nothing is left to say, and no way to say it
        _say_no_more()
        return 1
    finally:
        signal.signal(signal.SIGTERM, before)
        logs.stop()


def one_line(error: DeskError) -> str:
    """What went wrong, for a terminal: no sign that was typed can steer it, nor fill it."""
    said = error.sentence.replace(STILL_HERE, AGAIN)  # nobody typed anything into a window
    return shown(_QUOTED.sub("“\\1…”", said))


def shown(text: str) -> str:
    """Text that somebody typed, without what would steer a terminal."""
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else "?" for sign in text)


def _carried_out(line: Line) -> int:
    try:
        import_module(f"ppsdesk.commands.{COMMANDS[line.command][0]}").run(line)
        if sys.stdout is not None:  # a program may be started without one
            sys.stdout.flush()
        return 0
    except DeskError as error:
        print(one_line(error), file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped. Nothing was changed.", file=sys.stderr)
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is not None or error.errno not in NO_ROOM:
            logging.getLogger("ppsdesk").exception("command failed")
            return _mistaken(error)
        _say_no_more()
        print(f"The answer could not be written: {os.strerror(error.errno).lower()}. {DONE_OR_NOT}", file=sys.stderr)
    except Exception as error:  # the last line of defence: no traceback ever reaches a person
        logging.getLogger("ppsdesk").exception("command failed")
        return _mistaken(error)
    return 1


def _say_no_more() -> None:
    """What is left of the answer is dropped."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _mistaken(error: Exception) -> int:
    print(
        f"The program made a mistake ({type(error).__name__}) and stopped; what was saved before is safe."
        " The details are in the logs folder of this desk.",
        file=sys.stderr,
    )
    return 1
