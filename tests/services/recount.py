"""The figures of the call report counted once more: in plain Python, over the records as the services hand them out.

It shares no code with the program's own counting and is slow on purpose: every figure looks at every call. A figure is
a table, the label of a row, and the days from `first` to `last`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import Call
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.steps import Step

LONDON = ZoneInfo("Europe/London")
ONE_EACH = {"by-line": "line", "by-area": "area", "by-caller-kind": "caller_kind", "by-method": "method",
            "by-level": "level", "by-outcome": "outcome", "how-heard": "how_heard"}  # fmt: skip
SEVERAL = {"by-topic": "topics", "by-advice": "advice"}
LIST = {**ONE_EACH, "by-topic": "topic", "by-advice": "advice", "by-stage": "stage"}
EMPTY = "Not entered"

# what is counted: a label, the call it is counted for, and what is counted once (None: each time it is met)
Found = tuple[str, int, object]


@dataclass
class Counted:
    """A figure, and the ids of the calls it was counted on."""

    number: int
    calls: set[int]


class Recount:
    """Everything that is on record, and how to count it by hand."""

    def __init__(self, desk: Services) -> None:
        self.calls = [desk.calls.get(number) for number in desk.calls.ids(Selection())]
        self.removed = [desk.calls.get(number) for number in desk.calls.ids(Selection(removed=True))]
        self.steps = {call.id: desk.steps.of_call(call.id) for call in self.calls}
        self._labels: dict[tuple[str, str], str] = {}
        terms = desk.vocabularies.all().terms
        label = {(str(term.vocabulary.value), str(term.code)): term.label for term in terms}
        for term in terms:
            stands = (str(term.vocabulary.value), str(term.merged_into or term.code))
            words = label[stands]
            self._labels[stands[0], str(term.code)] = words[0].upper() + words[1:]

    def table(self, table: str, first: date, last: date) -> dict[str, Counted]:
        """Every row of a table that is not nought, by its label."""
        rows: dict[str, dict[object, None]] = {}
        calls: dict[str, set[int]] = {}
        for place, (label, call, what) in enumerate(self._found(table, first, last)):
            rows.setdefault(label, {})[(place,) if what is None else what] = None
            calls.setdefault(label, set()).add(call)
        return {label: Counted(len(things), calls[label]) for label, things in rows.items()}

    def base(self, table: str, first: date, last: date) -> int:
        """What the table's shares are of."""
        taken = list(self._taken(first, last))
        if table == "new-and-returning":
            return len({call.caller for call in taken} - {None})
        if table == "waiting":
            return sum(step.kind == "call_back" for call in taken for step in self.steps[call.id])
        if table == "by-stage":
            return sum(len(self._children(call)) or 1 for call in taken)
        return len(taken)

    def taken(self, first: date, last: date, *, removed: bool = False) -> set[int]:
        """The ids of the calls of these days."""
        return {call.id for call in self._taken(first, last, removed=removed)}

    def topics_by_area(self, first: date, last: date) -> dict[tuple[str, str], Counted]:
        """Calls by area, "" for all of them, and topic."""
        found: dict[tuple[str, str], set[int]] = {}
        for call in self._taken(first, last):
            area = self._label("area", call.area) if call.area else EMPTY
            for topic in {self._label("topic", code) for code in call.topics} or {EMPTY}:
                for place in ("", area):
                    found.setdefault((place, topic), set()).add(call.id)
        return {key: Counted(len(calls), calls) for key, calls in found.items()}

    def _found(self, table: str, first: date, last: date) -> Iterator[Found]:
        for call in self._taken(first, last):
            if table in ONE_EACH:
                code = getattr(call, ONE_EACH[table])
                yield (self._label(LIST[table], code) if code else EMPTY), call.id, None
            elif table in SEVERAL:
                codes = getattr(call, SEVERAL[table])
                for label in {self._label(LIST[table], code) for code in codes} or {EMPTY}:
                    yield label, call.id, None
            elif table == "by-stage":
                yield from self._stages(call)
            elif table == "new-and-returning":
                yield self._caller(call, first)
            elif table == "waiting":
                yield from self._call_backs(call)

    def _taken(self, first: date, last: date, *, removed: bool = False) -> Iterator[Call]:
        return (call for call in (self.removed if removed else self.calls) if first <= call.taken_on <= last)

    def _label(self, vocabulary: str, code: str) -> str:
        return self._labels[vocabulary, str(code)]

    def _children(self, call: Call) -> list[object]:
        """Every child of the call that a stage was given to; of those not on record nothing but the stage is known."""
        return [*{one.child for one in call.child_stages}, *call.stages]

    def _stages(self, call: Call) -> Iterator[Found]:
        for code in call.stages:
            yield self._label("stage", code), call.id, None
        for one in call.child_stages:
            yield self._label("stage", one.stage), call.id, (call.id, one.child)
        if not self._children(call):
            yield EMPTY, call.id, None

    def _caller(self, call: Call, first: date) -> Found:
        if call.caller is None:
            return "Calls that cannot be classified", call.id, None
        ever = min(other.taken_on for other in self.calls if other.caller == call.caller)
        return ("New callers" if ever >= first else "Returning callers"), call.id, call.caller

    def _call_backs(self, call: Call) -> Iterator[Found]:
        for step in self.steps[call.id]:
            if step.kind == "call_back":
                for label in _waited(step):
                    yield label, call.id, None


def _waited(step: Step) -> Iterable[str]:
    reached = [attempt for attempt in sorted(step.attempts, key=lambda one: one.number) if attempt.result == "reached"]
    if not reached:
        return ["Still waiting" if step.state == "open" else "Ended without reaching them"]
    days = (_day(reached[0].at) - _day(step.asked_at)).days
    stretches = {0: "on the same day", 1: "after 1 day", 2: "after 2 days", 3: "after 3 to 5 days",
                 4: "after 3 to 5 days", 5: "after 3 to 5 days"}  # fmt: skip
    after = stretches.get(max(days, 0), "after 6 to 10 days" if days <= 10 else "after more than 10 days")
    number = reached[0].number
    return [f"Reached {after}", f"Reached at attempt {number if number < 3 else '3 or later'}"]


def _day(instant: datetime) -> date:
    return instant.astimezone(LONDON).date()
