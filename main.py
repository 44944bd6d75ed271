"""The way in: a command goes to the command line, which never imports Qt; anything else opens the window."""

from __future__ import annotations

import gc
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the program. The exit status: 0 done, 1 refused in one sentence, 2 a command line that makes no sense."""
    from ppsdesk.commands.line import chosen, one_line, read_line, run
    from ppsdesk.commands.screen import why_no_window
    from ppsdesk.domain.errors import DeskError

    line = read_line(sys.argv[1:] if arguments is None else arguments)
    if line.command:
        return run(line)
    if refusal := why_no_window():
        print(refusal, file=sys.stderr)
        return 1
    gc.disable()  # clearing cycles costs a fifth of the start; the window does it later, on its own thread
    try:
        choices = chosen(line)
    except DeskError as error:
        print(one_line(error), file=sys.stderr)
        return 1
    from ui.application import open_window

    return open_window(choices, practice=line.practice)


if __name__ == "__main__":
    sys.exit(main())
