"""The call report in two to four sentences, the answer first. Neutral words, and no figure that its tables hide."""

from __future__ import annotations

from itertools import pairwise

from ppsdesk.domain.breakdowns import BY_YEAR, EXCLUDED
from ppsdesk.domain.calendar import plain_day
from ppsdesk.domain.figures import Cell, Count, FigureTable, Report
from ppsdesk.domain.periods import Period, Span
from ppsdesk.domain.words import count_of
from ppsdesk.reports import bars
from ppsdesk.reports.definitions import BEGUN, EXCLUDED_TITLE
from ppsdesk.reports.house_style import calls_words, count_words, listed, shown
from ppsdesk.reports.tables import NO_AUGUST, NO_ENQUIRY

FEW = 4  # earlier periods that one sentence can still name
SEE = f"Calls left out are shown in the table “{EXCLUDED_TITLE}”."


def sentences(report: Report) -> str:
    """Made from the report's own tables; a table it was made without is not spoken of."""
    made = {table.id: table for table in report.tables}
    said: list[str] = []
    if by_year := made.get(BY_YEAR):
        said += [_latest(report, by_year), _earlier(report, by_year)]
    if by_topic := made.get("by-topic"):
        said.append(_asked_most(by_topic))
    if excluded := made.get(EXCLUDED):
        said.append(_left_out(report, excluded))
    return " ".join(part for part in said if part)


def compared(now: Count, before: Count) -> str:
    """ "up from 22"; where a figure is hidden only the two beside each other."""
    if now.value is None or before.value is None:
        return f"against {shown(before)}"
    way = "up from" if now.value > before.value else "down from" if now.value < before.value else "the same as"
    return f"{way} {shown(before)}"


def _counts(row: tuple[Cell, ...]) -> list[Count]:
    return [cell for cell in row[1:] if isinstance(cell, Count)]


def _calls(count: Count) -> str:
    return f"{count.mark} calls" if count.value is None else calls_words(count.value)


def _told(count: Count) -> bool:
    return count.value is not None or bool(count.mark)


def _latest(report: Report, by_year: FigureTable) -> str:
    period, (now, before, *_rest) = report.periods[-1], _counts(by_year.rows[-1])
    if not _told(now):
        return f"No figure can be given for {period.label}."
    said = f"In {period.label} the service logged {_calls(now)}"
    if not _told(before):
        return f"{said}. No comparison is given{f': {before.why}' if before.why else ''}."
    partly = [f" {note}" for note in by_year.notes if note.startswith(BEGUN) and period.label in note]
    return f"{said}, {compared(now, before)} {_during(period.before)}.{''.join(partly)}"


def _during(span: Span) -> str:
    """ "in September 2000 to March 2001", or "between 1 January 2001 and 20 March 2001"."""
    if span.words[:1].isdigit():
        return f"between {plain_day(span.first)} and {plain_day(span.last)}"
    return f"in {span.words}"


def _earlier(report: Report, by_year: FigureTable) -> str:
    """The periods before the last; of many, the largest and smallest, a period cut short not among them."""
    rows = [(p, _counts(row)[0]) for p, row in zip(report.periods, by_year.rows, strict=True)]
    whole = [(period, count) for period, count in rows if not period.part]
    if len(whole) > FEW:
        return _ends(whole)
    told = [(period, f"{_calls(count)} in {period.label}") for period, count in rows[:-1] if _told(count)]
    if not told:
        return ""
    words = listed(tuple(words for _period, words in told))
    before = all(period.span.last < report.periods[-1].span.first for period, _words in told)
    return f"Before that, it logged {words}." if before else f"It also logged {words}."


def _ends(whole: list[tuple[Period, Count]]) -> str:
    known = [(period.label, count.value) for period, count in whole if count.value is not None]
    if len(known) < len(whole):  # one that is hidden might be the fewest
        return ""
    most, fewest = max(known, key=lambda pair: pair[1]), min(known, key=lambda pair: pair[1])
    return (
        f"Of the {len(whole)} whole periods shown, {most[0]} has the most calls ({count_words(most[1])}) and"
        f" {fewest[0]} the fewest ({count_words(fewest[1])})."
    )


def _asked_most(by_topic: FigureTable) -> str:
    """The topic of the most calls, or the two that share the place."""
    at = bars.now_column(by_topic)
    rows = [(str(row[0]), row[at], row[at + 1]) for row in by_topic.rows if not bars.at_the_end(str(row[0]))]
    known = [(label, now, before) for label, now, before in rows if isinstance(now, Count) and now.value]
    if not known:
        return ""
    most = max(now.value or 0 for _label, now, _before in known)
    first, *others = [row for row in known if row[1].value == most]
    if others:
        labels = tuple(label for label, _now, _before in (first, *others))
        return f"Most asked about were {listed(labels)}: {calls_words(most)} each." if len(labels) <= FEW else ""
    label, now, before = first
    against = f", {compared(now, before)}" if isinstance(before, Count) and _told(before) else ""
    return f"Most asked about was {label}: {calls_words(most)}{against}."


def _left_out(report: Report, excluded: FigureTable) -> str:
    """How many are in no figure; not given where periods overlap, as the same would be added twice."""
    spans = sorted((period.whole.first, period.whole.last) for period in report.periods)
    cells = [(str(row[0]).startswith(NO_ENQUIRY), count) for row in excluded.rows for count in _counts(row)]
    hidden = any(count.value is None and count.why != NO_AUGUST for _ring, count in cells)
    if hidden or any(after[0] <= before[1] for before, after in pairwise(spans)):
        return SEE
    calls = sum(count.value or 0 for ring, count in cells if not ring)
    rings = sum(count.value or 0 for ring, count in cells if ring)
    left = tuple(
        words
        for words, number in (
            (calls_words(calls), calls),
            (f"{count_of(rings, 'ring')} of the phone that {'was' if rings == 1 else 'were'} no enquiry", rings),
        )
        if number
    )
    if not left:
        return "No call was left out."
    is_are = "is" if calls + rings == 1 else "are"
    return f"{listed(left)} {is_are} left out of these figures; the table “{EXCLUDED_TITLE}” says why."
