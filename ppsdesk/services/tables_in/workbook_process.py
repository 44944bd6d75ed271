"""The separate process that parses a workbook: run as a file of its own, with nothing of the program around it.

A parser that is led astray by a file takes this process down and not the window. Memory is limited where the system
can do that; the parent limits the time. Answers go to standard output in frames: eight bytes of length, then one
marshalled value. First {"rows": height, "sheet": name, "sheets": count}, then blocks of columns, last {"end": rows};
or {"refused": kind} and nothing more. Exit status 3 means that the parser itself is not installed.
"""

from __future__ import annotations

import gc
import marshal
import sys
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import IO, Any

MEMORY = 1 << 30
MOST_CELLS = 20_000_000
BLOCK = 4_000  # rows to a frame
PLAIN = frozenset({str, bool, int})


def main(path: str, out: IO[bytes]) -> None:
    """Parse the first visible sheet of the workbook at `path` into frames on `out`."""
    limit_memory()
    gc.disable()  # nothing here makes cycles, and looking for them among a million cells takes a tenth of the time
    try:
        import python_calamine  # noqa: F401  # missing, it must not look like a fault of the file
    except ImportError:
        sys.exit(3)
    try:
        _send_sheet(path, out)
    except MemoryError:
        send(out, {"refused": "large"})
    except BaseException as error:  # noqa: BLE001  # a panic inside the parser is a BaseException of its own
        send(out, {"refused": "password" if type(error).__name__ == "PasswordError" else "damaged"})


def send(out: IO[bytes], value: Any) -> None:
    """Write one frame."""
    # version 2 keeps no table of repeated objects, which costs more time here than it saves
    content = marshal.dumps(value, 2)
    out.write(len(content).to_bytes(8, "big"))
    out.write(content)
    out.flush()


def limit_memory() -> None:
    """Hold this process to `MEMORY` bytes of address space, and leave no core file of what people wrote."""
    try:
        import resource
    except ImportError:  # Windows has no such limit; there the preflight and the time limit stand alone
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _send_sheet(path: str, out: IO[bytes]) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with CalamineWorkbook.from_path(path) as workbook:
        sheets = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        visible = [one for one in sheets if one.visible == SheetVisibleEnum.Visible] or sheets
        if not visible:
            send(out, {"refused": "no sheet"})
            return
        sheet = workbook.get_sheet_by_name(visible[0].name)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            send(out, {"refused": "large"})
            return
        send(out, {"rows": sheet.total_height, "sheet": sheet.name, "sheets": len(visible)})
        rows = iter(sheet.iter_rows())
        sent = 0
        while block := list(islice(rows, BLOCK)):
            send(out, [_column(cells) for cells in zip(*block, strict=True)])
            sent += len(block)
        send(out, {"end": sent})


def _column(cells: tuple[Any, ...]) -> list[Any] | tuple[Any, ...]:
    """Cells of one column as marshal can carry them: whole numbers as int, dates as a pair of kind and digits."""
    if PLAIN.issuperset(map(type, cells)):
        return cells
    return [cell if type(cell) is str else _carried(cell) for cell in cells]


def _carried(cell: object) -> object:
    if type(cell) is float:
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if type(cell) is datetime or type(cell) is date:
        return (type(cell) is datetime, cell.isoformat())
    if isinstance(cell, time | timedelta):
        return (None, str(cell))
    return cell if type(cell) in PLAIN else str(cell)


if __name__ == "__main__":
    main(sys.argv[1], sys.stdout.buffer)
