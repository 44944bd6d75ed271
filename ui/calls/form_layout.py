"""Where the fields of a call stand: rows of thirds and halves where there is room, one below the other where not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.kit.field_box import FieldBox
from ui.kit.text_editors import NotesEditor
from ui.kit.theme import current
from ui.kit.words import spaced

WHOLE = 6  # units of a row: a third is 2, a half 3
Row = tuple[tuple[str, int], ...]
# In the order of a conversation: who, about whom, what about, what comes next; what the desk presets stands last.
ROWS: tuple[Row, ...] = (
    (("caller", 3), ("caller_kind", 3)),
    (("new_given", 2), ("new_family", 2), ("new_postcode", 2)),
    (("phone", 2), ("children", 4)),
    (("relation", 2), ("child_name", 4)),
    (("organisations", 3), ("topics", 3)),
    (("notes", 6),),
    (("outcome", 2), ("next_kind", 4)),
    (("next_from", 2), ("next_words", 4)),
    (("dates", 6),),
    (("information", 2), ("signposted", 2), ("advice", 2)),
    (("stages", 2), ("level", 2), ("area", 2)),
    (("line", 2), ("method", 2), ("direction", 2)),
    (("taken_by", 2), ("minutes", 2), ("how_heard", 2)),
    (("taken_on", 3), ("started_at", 3)),
    (("later", 6),),
)
AFTER = 1  # the row below which there is what one must know of the caller: alerts, reference, perhaps-the-same
_PLACES = 2 * WHOLE  # label and field for each unit


class CallLayout:
    """Places the fields of a call as they come, a few at a time, and all of them anew when the shape changes."""

    def __init__(self, beside: QWidget | None) -> None:
        self._beside = beside
        self._shape = ""
        self._placed: dict[str, FieldBox] = {}
        self._heard: set[str] = set()
        self._on_lines: frozenset[str] = frozenset()  # those that have a line of their own now
        self._grid: QGridLayout | None = None

    def arrange(self, grid: QGridLayout, boxes: Sequence[FieldBox], shape: str) -> None:
        """Fields in their places: in rows of thirds ("two"), or one below the other ("one", "above")."""
        self._grid = grid
        if shape != self._shape:
            self._begin(grid, boxes, shape)
        new = {box.name: box for box in boxes if box.name not in self._placed}
        self._placed |= new
        self._on_lines = self._wanting_lines()
        for box in new.values():
            self._put(grid, box)
            if box.name not in self._heard:
                self._heard.add(box.name)
                box.editor.reshaped.connect(self._reshape)

    def _reshape(self) -> None:
        """Fields that want a line of their own have it, and give it back; what is left of their row moves up."""
        assert self._grid is not None
        before, self._on_lines = self._on_lines, self._wanting_lines()
        rows = {PLACES[name][0] for name in before ^ self._on_lines}
        for name, box in self._placed.items():
            if PLACES[name][0] in rows:
                self._grid.removeWidget(box.label)
                self._grid.removeWidget(box)
                self._put(self._grid, box)

    def _wanting_lines(self) -> frozenset[str]:
        return frozenset(name for name, box in self._placed.items() if box.editor.wants_line)

    def _begin(self, grid: QGridLayout, boxes: Sequence[FieldBox], shape: str) -> None:
        for box in boxes:
            grid.removeWidget(box.label)
            grid.removeWidget(box)
        for line in range(grid.rowCount()):
            grid.setRowStretch(line, 0)
        self._shape, self._placed = shape, {}
        spaced(grid, gap="xs")
        grid.setHorizontalSpacing(current().px("space_s" if shape == "two" else "space_m"))
        for column in range(_PLACES):
            grid.setColumnStretch(column, _stretch(column, shape))
        if self._beside is not None:
            grid.removeWidget(self._beside)
            grid.addWidget(self._beside, _line(AFTER, WHOLE, shape), 0, 1, _PLACES if shape == "two" else 2)

    def _put(self, grid: QGridLayout, box: FieldBox) -> None:
        row, start, units = PLACES[box.name]
        line = _line(row, start, self._shape)
        wide = self._shape == "two"
        if (
            wide and box.name in self._on_lines
        ):  # between its row and the one before, so that it is read first as before
            line, start, units = _line(row - 1, WHOLE, self._shape), 0, WHOLE
        elif wide:
            start, units = self._share(row, box.name)
        box.put_into(grid, line, start if wide else 0, units if wide else 1, above=self._shape == "above")
        if isinstance(box.editor, NotesEditor):
            grid.setRowStretch(line, 1)

    def _share(self, row: int, name: str) -> tuple[int, int]:
        """Where in its row a field begins and how many units it has: those that are left share the row evenly."""
        left = [other for other, _ in ROWS[row] if other not in self._on_lines]
        if len(left) == len(ROWS[row]):
            return PLACES[name][1:]
        units = WHOLE // len(left)
        return left.index(name) * units, units


def _line(row: int, start: int, shape: str) -> int:
    """The grid's row for what begins at that unit of a row; what stands `beside` comes after a row's last."""
    if shape == "two":
        return 2 * row + (start == WHOLE)
    return row * (WHOLE + 1) + start


def _stretch(column: int, shape: str) -> int:
    if shape == "two":
        return column % 2
    return int(column == (0 if shape == "above" else 1))


def _places() -> Iterator[tuple[str, tuple[int, int, int]]]:
    for number, row in enumerate(ROWS):
        start = 0
        for name, units in row:
            yield name, (number, start, units)
            start += units


PLACES = dict(_places())
