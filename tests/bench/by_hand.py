"""The call report of one term as somebody would write it by hand: one statement a table, for either database.

Nothing is left to the program's own conditions. No entry of a list counts as another here, so that it need not be asked
for. A month is counted as its own stretch of days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ppsdesk.domain.figures import Count, Report

NOW, BEFORE = ("2026-01-01", "2026-03-31"), ("2025-01-01", "2025-03-31")
MONTHS = (("01-01", "01-31"), ("02-01", "02-28"), ("03-01", "03-31"))
ONE = {"by-line": "line_id", "by-area": "area_id", "by-caller-kind": "caller_kind_id", "by-method": "method_id",
       "by-level": "level_id", "by-outcome": "outcome_id", "how-heard": "how_heard_id"}  # fmt: skip
SEVERAL = {"by-topic": "call_topic", "by-advice": "call_advice"}
Rows = Sequence[Sequence[Any]]
Run = Callable[[str], Rows]


def _in(days: tuple[str, str]) -> str:
    return f"removed_at IS NULL AND taken_on BETWEEN '{days[0]}' AND '{days[1]}'"


def _of_both(question: Callable[[int, str], str]) -> str:
    return " UNION ALL ".join(question(place, _in(days)) for place, days in enumerate((NOW, BEFORE)))


def _counts(*spans: tuple[str, str]) -> str:
    return f"SELECT {', '.join(f'(SELECT count(*) FROM call WHERE {_in(days)})' for days in spans)}"


def _stages(place: int, days: str) -> str:
    """Children at each stage, and how many are met there first: what the shares are of."""
    linked = f"FROM call JOIN {{}} s ON s.call_id = call.id WHERE {days}"
    met = (
        "SELECT 1 FROM call_child_stage o "
        "WHERE o.call_id = s.call_id AND o.person_id = s.person_id AND o.term_id < s.term_id"
    )
    return (
        f"SELECT {place}, s.term_id, count(*), count(*) {linked.format('call_stage')} GROUP BY s.term_id UNION ALL "
        f"SELECT {place}, s.term_id, count(*), count(*) FILTER (WHERE NOT EXISTS ({met})) "
        f"{linked.format('call_child_stage')} GROUP BY s.term_id UNION ALL "
        f"SELECT {place}, NULL, count(*), count(*) FROM call WHERE {days} "
        "AND NOT EXISTS (SELECT 1 FROM call_stage s WHERE s.call_id = call.id) "
        "AND NOT EXISTS (SELECT 1 FROM call_child_stage s WHERE s.call_id = call.id)"
    )


def _callers(place: int, days: str) -> str:
    first = (NOW, BEFORE)[place][0]
    return (
        f"SELECT {place}, count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM call e WHERE "
        f"e.caller_id = c.caller_id AND e.taken_on < '{first}' AND e.removed_at IS NULL)), "
        f"(SELECT count(*) FROM call WHERE caller_id IS NULL AND {days}) "
        f"FROM (SELECT DISTINCT caller_id FROM call WHERE caller_id IS NOT NULL AND {days}) c"
    )


def _waiting(waited: str) -> Callable[[int, str], str]:
    return lambda place, days: (
        f"SELECT {place}, s.state, a.number, {waited}, count(*) FROM call JOIN next_step s ON s.call_id = call.id "
        "LEFT JOIN step_attempt a ON a.step_id = s.id AND a.result = 'reached' "
        f"WHERE s.kind = 'call_back' AND {days} GROUP BY 2, 3, 4"
    )


DAYS_LOCAL = "julianday(date(a.at)) - julianday(date(s.asked_at))"
DAYS_SHARED = "(a.at AT TIME ZONE 'Europe/London')::date - (s.asked_at AT TIME ZONE 'Europe/London')::date"


def statements(days_waited: str) -> Mapping[str, str]:
    """By table; "labels" are what the rows are called, "first" is whether there is anything to compare with."""
    removed = _in(NOW).replace("IS NULL", "IS NOT NULL", 1)
    months = [(f"{year}-{first}", f"{year}-{last}") for first, last in MONTHS for year in (2026, 2025)]
    return {
        "labels": "SELECT id, vocabulary, label FROM term ORDER BY vocabulary, position",
        "first": "SELECT min(taken_on) FROM call WHERE removed_at IS NULL",
        "by-year": _counts(NOW, BEFORE),
        "by-term": _counts(NOW, BEFORE),
        "by-month": _counts(*months),
        **{table: _of_both(lambda n, days, c=column: f"SELECT {n}, {c}, count(*) FROM call WHERE {days} GROUP BY {c}")
           for table, column in ONE.items()},
        **{table: _of_both(lambda n, days, t=link: f"SELECT {n}, t.term_id, count(*) FROM call LEFT JOIN {t} t "
                           f"ON t.call_id = call.id WHERE {days} GROUP BY t.term_id")
           for table, link in SEVERAL.items()},
        "by-stage": _of_both(_stages),
        "new-and-returning": _of_both(_callers),
        "waiting": _of_both(_waiting(days_waited)),
        "removed": f"SELECT count(*) FROM call WHERE {removed}",
        "non-data": f"SELECT kind, count(*) FROM non_data_call WHERE {_in(NOW)} GROUP BY kind",
    }  # fmt: skip


def answers(run: Run, asked: Mapping[str, str]) -> dict[str, Rows]:
    """Every statement once, in one transaction."""
    run("BEGIN")
    found = {name: run(question) for name, question in asked.items()}
    run("COMMIT")
    return found


def differences(report: Report, found: Mapping[str, Rows]) -> list[str]:
    """Where the report says another number than the statements."""
    labels = {number: label[:1].upper() + label[1:] for number, _, label in found["labels"]}
    wrong = []
    for table in (*ONE, *SEVERAL, "by-stage"):
        by_hand: dict[str, list[int]] = {}
        for place, number, counted, *_ in found[table]:
            by_hand.setdefault(labels[number] if number else "Not entered", [0, 0])[place] += counted
        ours = {label: both for label, both in _figures(report, table).items() if any(both)}
        wrong += [f"{table}: {ours} against {by_hand}"] * (
            ours != {label: both for label, both in by_hand.items() if any(both)}
        )
    [(_, children)] = report.table("by-stage").bases
    wrong += ["children"] * (children.value != sum(row[3] for row in found["by-stage"] if row[0] == 0))
    numbers = _figures(report, "new-and-returning")
    for place, callers, new, nobody in found["new-and-returning"]:
        wrong += ["callers"] * ([each[place] for each in numbers.values()] != [new, callers - new, nobody])
    waited = [sum(both) for both in zip(*list(_figures(report, "waiting").values())[:8], strict=True)]
    wrong += ["waiting"] * (waited != [sum(row[-1] for row in found["waiting"] if row[0] == n) for n in (0, 1)])
    for table in ("by-year", "by-term", "by-month"):
        ours = [number for both in _figures(report, table).values() for number in both]
        wrong += [table] * (ours != list(found[table][0]))
    left_out = {row[0]: row[1].value for row in report.table("excluded").rows if isinstance(row[1], Count)}
    wrong += ["removed"] * (left_out["Removed as entered by mistake"] != found["removed"][0][0])
    return wrong


def _figures(report: Report, table: str) -> dict[str, list[int]]:
    """Now and before, by the label of a row."""
    return {str(row[0]): [cell.value or 0 for cell in row[1:3] if isinstance(cell, Count)]
            for row in report.table(table).rows}  # fmt: skip
