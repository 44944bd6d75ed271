"""One list of calls in a process of its own, ours or the floor: `python -m tests.bench.list_child ours|floor DESK`.

Prints one JSON object: the memory the list needed on top of the opened program, in KiB, and the milliseconds to the
first rows, to the end of the list, and to the first rows sorted by caller.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PAGE, HELD = 100, 40  # rows of a page, and how many pages are kept: as the list's model does
BY_DAY = "taken_on DESC NULLS LAST, started_at DESC NULLS LAST, id DESC NULLS LAST"
BY_CALLER = "caller_name, taken_on, id"
SCROLLED = 60  # pages looked at one after the other


class List(Protocol):
    """A list of calls: what both are asked to do."""

    def sort(self, *, by_caller: bool) -> None:
        """All ids, in this order."""

    def look(self, row: int) -> object:
        """The record of a row."""

    def size(self) -> int:
        """How many rows."""


class Floor:
    """An array of ids, and pages fetched by id with the driver alone; the longest unseen pages go again."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()

    def sort(self, *, by_caller: bool) -> None:
        """Straight from the cursor into the array."""
        self._pages.clear()
        order = BY_CALLER if by_caller else BY_DAY
        found = self._connection.execute(f"SELECT id FROM call WHERE removed_at IS NULL ORDER BY {order}")
        self._ids = array("q", (number for (number,) in found))

    def look(self, row: int) -> object:
        """The record of a row; its page is fetched if it is not here."""
        page, place = divmod(row, PAGE)
        if page not in self._pages:
            self._pages[page] = self._fetch(self._ids[page * PAGE : (page + 1) * PAGE])
            if len(self._pages) > HELD:
                self._pages.popitem(last=False)
        return self._pages[page][place]

    def size(self) -> int:
        """How many rows."""
        return len(self._ids)

    def _fetch(self, ids: Sequence[int]) -> list[Any]:
        among = f"({', '.join('?' * len(ids))})"
        links: dict[int, dict[str, list[int]]] = {number: {} for number in ids}
        for table in ("call_topic", "call_stage", "call_advice"):
            question = f"SELECT call_id, term_id FROM {table} WHERE call_id IN {among} ORDER BY call_id, position"
            for number, term in self._connection.execute(question, tuple(ids)):
                links[number].setdefault(table, []).append(term)
        rows = self._connection.execute(
            "SELECT id, taken_on, started_at, direction, line_id, caller_kind_id, anonymous, caller_name, child_name, "
            f"minutes, taken_by, level_id, outcome_id, removed_at, reference FROM call WHERE id IN {among}",
            tuple(ids),
        )
        found = {row[0]: (*row, links[row[0]]) for row in rows}
        return [found[number] for number in ids]


class Ours:
    """The model of the list of calls, over the services; pages come when the event loop turns."""

    def __init__(self, services: Any) -> None:
        from PySide6.QtWidgets import QApplication

        from ppsdesk.domain.lists import CallLine
        from ui.kit.paged import PagedModel
        from ui.kit.records import Column

        self._services = services
        self._app = QApplication.instance() or QApplication([])
        self._model = PagedModel[CallLine]((Column("Caller", lambda line: line.caller_name),))

    def sort(self, *, by_caller: bool) -> None:
        """Ask the desk for all ids, as the page does."""
        from ppsdesk.domain.lists import CallOrder
        from ppsdesk.domain.selection import Selection

        order = CallOrder.CALLER if by_caller else CallOrder.WHEN
        self._model.show(self._services.calls.ids(Selection(), order=order, descending=not by_caller), self._fetch)

    def look(self, row: int) -> object:
        """What a view does: look, let the event loop turn, look again."""
        while (record := self._model.record(row)) is None:
            self._app.processEvents()
        return record

    def size(self) -> int:
        """How many rows."""
        return self._model.size()

    def _fetch(self, ids: Sequence[int]) -> None:
        lines: Mapping[int, Any] = self._services.calls.lines(ids)
        self._model.supply(lines)


def use(calls: List) -> dict[str, float]:
    """Open the list, jump to its end, scroll through its middle, sort it, jump to the end again."""
    baseline = _peak_from_here()
    first = _milliseconds(lambda: _sorted(calls, by_caller=False))
    end = _milliseconds(lambda: calls.look(calls.size() - 1))
    middle = calls.size() // 2
    for row in range(middle, min(calls.size(), middle + SCROLLED * PAGE), PAGE // 2):
        calls.look(row)
    by_caller = _milliseconds(lambda: _sorted(calls, by_caller=True))
    calls.look(calls.size() - 1)
    return {"memory": _peak() - baseline, "first": first, "end": end, "sort": by_caller}


def _sorted(calls: List, *, by_caller: bool) -> None:
    calls.sort(by_caller=by_caller)
    calls.look(0)


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _peak_from_here() -> float:
    """Resident memory now, in KiB; from here on the system notes the most there was (Linux)."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _peak()


def _peak() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return float(line.split()[1])


@contextmanager
def _opened(kind: str, desk: Path) -> Iterator[List]:
    from tests.bench.files import bare, services

    if kind == "floor":
        with bare(desk) as connection:
            connection.execute("SELECT count(*) FROM term").fetchall()
            yield Floor(connection)
        return
    opened = services(desk)
    opened.calls.lines([1])  # the program has shown a call before: its statements are not the list's memory
    yield Ours(opened)
    opened.close()


def main() -> None:
    """Measure, and print."""
    kind, desk = sys.argv[1:]
    with _opened(kind, Path(desk)) as calls:
        print(json.dumps(use(calls)))


if __name__ == "__main__":
    main()
