"""The way in: a command goes to the command line, which never imports Qt; anything else opens the window."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the program. The exit status: 0 done, 1 refused in one sentence, 2 a command line that makes no sense."""
    from ppsdesk.commands.line import read_line, run

    line = read_line(sys.argv[1:] if arguments is None else arguments)
    if line.command:
        return run(line)
    from ppsdesk.commands.window import open_window

    return open_window(line)


if __name__ == "__main__":
    sys.exit(main())
