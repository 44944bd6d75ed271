"""How what is due is put into words."""

from __future__ import annotations

from datetime import date

from ppsdesk.domain.calendar import MONTHS, WEEKDAYS, local_clock, local_day
from ppsdesk.domain.codes import Safety, StepKind
from ppsdesk.domain.steps import Attempt, Step
from ui.kit.words import apart

NOTHING = "–"
SAFETY_SIGNS = {
    Safety.NOT_SAFE: "danger",
    Safety.CAREFUL: "warning",
    Safety.SAFE: "success",
    Safety.NOT_ASKED: "neutral",
}


def due_words(day: date, today: date) -> tuple[str, str]:
    """ "Overdue 2 days", "Due today", "In 5 days", with the kind of sign for it."""
    days = (day - today).days
    if days < 0:
        return f"Overdue {-days} {'day' if days == -1 else 'days'}", "danger"
    if days == 0:
        return "Due today", "warning"
    return ("Tomorrow" if days == 1 else f"In {days} days"), "neutral"


def day_words(day: date, today: date) -> str:
    """ "Thu 19 Nov", with the year where it is another."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1][:3]}{year}"


def window_words(step: Step) -> str:
    """ "11:00–13:00", "from 11:00", "until 13:00", or "" where any time will do."""
    if step.not_before and step.not_after:
        return f"{step.not_before:%H:%M}–{step.not_after:%H:%M}"
    if step.not_before:
        return f"from {step.not_before:%H:%M}"
    return f"until {step.not_after:%H:%M}" if step.not_after else ""


def when_words(step: Step, today: date) -> str:
    """Day and the caller's window."""
    window = window_words(step)
    return f"{day_words(step.due_on, today)}, {window}" if window else day_words(step.due_on, today)


def who_words(step: Step) -> str:
    """Whom it is for."""
    return apart(step.caller) if step.caller else "no name"


def why_words(step: Step) -> str:
    """What is to be done, and why."""
    if not step.words:
        return step.kind.label
    return apart(step.words) if step.kind is StepKind.CALL_BACK else f"{step.kind.label}: {apart(step.words)}"


def attempts_words(step: Step, today: date) -> str:
    """ "2, no answer 10:40": how often somebody tried, and how the last one ended."""
    if not step.attempts:
        return ""
    return f"{step.attempts[-1].number}: {_attempt(step.attempts[-1], today)}"


def all_attempts(step: Step, today: date) -> str:
    """Every attempt in a sentence."""
    parts = [f"attempt {one.number} by {one.by}: {_attempt(one, today)}" for one in step.attempts]
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


def _attempt(attempt: Attempt, today: date) -> str:
    day = local_day(attempt.at)
    when = local_clock(attempt.at) if day == today else f"{day_words(day, today)} {local_clock(attempt.at)}"
    note = f" ({apart(attempt.note)})" if attempt.note else ""
    return f"{attempt.result.label.lower()} {when}{note}"
