"""Calls by or about somebody as rows of a list: when and who rang, about what, by whom it was taken, how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ppsdesk.domain.calendar import local_clock, long_day
from ppsdesk.domain.lists import CallLine
from ppsdesk.domain.vocabulary import Vocabularies, Vocabulary
from ui.kit.row_list import Row
from ui.kit.words import apart


def call_rows(lines: Sequence[CallLine], lists: Vocabularies, today: date) -> list[Row]:
    """One row a call, in the order given; `key` is the call's id."""
    return [
        Row(
            key=line.id,
            words=_when(line, today),
            beside=_who(line, lists),
            under="; ".join(part for part in (_topics(line, lists), apart(line.taken_by)) if part),
            right=f"{line.minutes:,} min" if line.minutes is not None else "",
        )
        for line in lines
    ]


def _when(line: CallLine, today: date) -> str:
    """ "Today 10:31", "Thu 3 Sep 2026 10:31", or the day alone where no time is known."""
    day = "Today" if line.taken_on == today else long_day(line.taken_on)
    return f"{day} {local_clock(line.started_at)}" if line.started_at else day


def _who(line: CallLine, lists: Vocabularies) -> str:
    kind = apart(lists.label(Vocabulary.CALLER_KIND, line.caller_kind))
    caller = apart(line.caller_name) or ("Anonymous" if line.anonymous else "")
    about = f"about {apart(line.child_name)}" if line.child_name else ""
    return ", ".join(part for part in (caller or kind, about) if part)


def _topics(line: CallLine, lists: Vocabularies) -> str:
    """All of them, the main one first."""
    return ", ".join(apart(lists.label(Vocabulary.TOPIC, code)) for code in line.topics)
