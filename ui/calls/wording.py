"""How calls are put into words: in lists, in their history, where two versions meet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from ppsdesk.domain.calendar import (
    LONDON,
    clock_to_the_second,
    local_clock,
    local_day,
    long_day,
    span_words,
    whole_minutes,
)
from ppsdesk.domain.calls import CallFacts, ChildStage
from ppsdesk.domain.codes import Code
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.lists import CallLine
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary
from ui.calls.fields import vocabulary_of
from ui.kit.words import apart

NOTHING = "–"
NOBODY_YET = "somebody to be named"
NO_NAME = "Another child on record"
_LONGEST = 60


def day_words(day: date, today: date) -> str:
    """ "Today", or the day with its weekday."""
    return "Today" if day == today else long_day(day)


def when_words(day: date, started_at: datetime | None, today: date) -> str:
    """ "Today 10:31", "Thu 3 Sep 10:31", "3 Sep 1999 10:31", or the day alone where no time is known."""
    long = day_words(day, today)
    if day != today:
        weekday, *rest = long.split()
        long = " ".join([weekday, *rest[:-1]] if day.year == today.year else rest)
    return f"{long} {local_clock(started_at)}" if started_at else long


def length_words(facts: CallFacts) -> str:
    """ "10:31 – 10:40 (9 min)", "10:31, 9 min by hand", or "" where nothing is known."""
    if facts.started_at and facts.ended_at and not facts.minutes_by_hand:
        span = span_words(facts.started_at, facts.ended_at)
        counted = whole_minutes(facts.started_at, facts.ended_at)
        return span if facts.length == counted else f"{span}, entered as {facts.length} min"
    clock = local_clock(facts.started_at) if facts.started_at else "time not known"
    if facts.length is None:
        return clock
    return f"{clock}, {facts.length} min{' by hand' if facts.minutes_by_hand else ''}"


def brought_words(intake: Intake, children: Mapping[UUID, str]) -> str:
    """What was put on record with a call, in sentences, "" for nothing one has to know: "Next: Call back, Mon 23 Nov
    2026, for Hana. Dates kept for Tom Thistledown." `children` are their names."""
    said = []
    if (step := intake.step) is not None:
        owner = apart(step.owner) if step.owner else NOBODY_YET
        said.append(f"Next: {step.kind.label}, {long_day(step.due_on)}, for {owner}.")
    if intake.matters:
        names = [apart(children[one.child]) for one in intake.matters if one.child and one.child in children]
        said.append(f"Dates kept for {' and '.join(names)}." if names else "Dates kept.")
    return " ".join(said)


def caller_words(line: CallLine, lists: Vocabularies) -> str:
    """Name or "Anonymous", and what kind of caller."""
    kind = apart(lists.label(Vocabulary.CALLER_KIND, line.caller_kind))
    if line.caller_name:
        return f"{apart(line.caller_name)}, {kind}"
    if line.anonymous:
        return kind if line.caller_kind == "ANON" else f"Anonymous, {kind}"
    return f"{kind}, no name"


def topics_words(line: CallLine, lists: Vocabularies) -> str:
    """The main topic, and how many more."""
    if not line.topics:
        return NOTHING
    main = apart(lists.label(Vocabulary.TOPIC, line.topics[0]))
    more = len(line.topics) - 1
    return f"{main} + {more} more" if more else main


def state_words(line: CallLine) -> tuple[str, str] | None:
    """Words and kind of the chip, None for a call that is complete."""
    if line.removed:
        return "Removed", "neutral"
    return (f"To complete ({line.missing})", "warning") if line.missing else None


def value_words(field: str, value: object, lists: Vocabularies, names: Mapping[UUID, str] | None = None) -> str:
    """What a field holds, as one line of words; an en dash for nothing. `names` of children, as far as they are
    known."""
    vocabulary = vocabulary_of(field)
    if vocabulary and isinstance(value, tuple) and any(isinstance(one, ChildStage) for one in value):
        stages = (
            f"{apart((names or {}).get(one.child, NO_NAME))}: {lists.label(vocabulary, one.stage)}" for one in value
        )
        return "; ".join(stages)
    if vocabulary and isinstance(value, tuple):
        return ", ".join(apart(lists.label(vocabulary, code)) for code in value) or NOTHING
    if vocabulary:
        return apart(lists.label(vocabulary, TermCode(str(value)))) if value else NOTHING
    return _plain_words(value)


def _plain_words(value: object) -> str:
    if isinstance(value, UUID):
        return "somebody on record"
    if isinstance(value, tuple):
        return f"{len(value)} on record" if value else NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Code):
        return value.label
    if isinstance(value, datetime):
        return f"{long_day(local_day(value))} {clock_to_the_second(value)} {value.astimezone(LONDON).tzname()}"
    if isinstance(value, date):
        return long_day(value)
    return NOTHING if value in (None, "") else str(value)


def draft_words(draft: Draft, today: date) -> str:
    """ "A call from 10:40 was not finished: Rowan, 2 topics, 34 words."."""
    day = local_day(draft.started_at)
    when = local_clock(draft.started_at) if day == today else f"{long_day(day)} {local_clock(draft.started_at)}"
    content = draft.content
    name = " ".join(_caller_in(content).split())
    who = "anonymous" if content.get("anonymous") and not name else apart(_cut(name)) or "no name yet"
    topics = content.get("topics")
    chosen = len(topics.get("codes", ())) if isinstance(topics, Mapping) else 0
    words = len(str(content.get("notes") or "").split())
    return f"A call from {when} was not finished: {who}, {_many(chosen, 'topic')}, {_many(words, 'word')}."


def _caller_in(content: Mapping[str, object]) -> str:
    box = content.get("caller")
    return str(box.get("text") or "") if isinstance(box, Mapping) else str(content.get("caller_name") or "")


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
