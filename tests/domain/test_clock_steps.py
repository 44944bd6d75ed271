"""Whoever reads how a date came about can count it again, from the words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import pytest

from ppsdesk.domain.clock_steps import Step, StepKind, days_left, in_law_words, skipped_words, steps
from ppsdesk.domain.clocks import Reckoned, reckon
from ppsdesk.domain.errors import Refused
from ppsdesk.services.shipped_rules import shipped_book, shipped_days
from tests.domain import slow_clocks

BOOK, DAYS = shipped_book(), shipped_days()
DAY = timedelta(days=1)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
A_DAY = r"((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ [A-Z][a-z]{2} \d{4})"


def read(words: str) -> date:
    """The day that is written; its weekday must be right."""
    weekday, number, month, year = words.split()
    day = date(int(year), MONTHS.index(month) + 1, int(number))
    assert WEEKDAYS[day.weekday()] == weekday, words
    return day


def read_days(words: str) -> set[date]:
    """Every day of a list such as “Sat 6 Sep 2025 (a Saturday); Fri 1 Aug 2025 to Sun 31 Aug 2025 (in August …)”."""
    found: set[date] = set()
    for first, last in re.findall(rf"{A_DAY}(?: to {A_DAY})? \(", words):
        day = read(first)
        while day <= read(last or first):
            found.add(day)
            day += DAY
    return found


def passed_over(words: str) -> set[date]:
    """Every day that a last day was moved over: the one that is named with its reason, or all of a list."""
    if found := re.fullmatch(rf"The last day, {A_DAY}, is (.+): it moves to {A_DAY}\.", words):
        return {read(found[1])}
    found = re.fullmatch(rf"The last day is {A_DAY}, but it moves to {A_DAY}\. Passed over: (.+)\.", words)
    return read_days(found[3]) if found else set()


class Counted:
    """The sentences, counted again one after the other."""

    def __init__(self, words: list[str]) -> None:
        self.words, self.place = words, 0
        self.due: date | None = None
        while self.place < len(words) and self._leg(words[self.place]):
            self.place += 1
        while self.place < len(words):
            self._end(words[self.place])
            self.place += 1

    def _next(self) -> str:
        self.place += 1
        return self.words[self.place]

    def _leg(self, said: str) -> bool:
        if found := re.fullmatch(rf"Counted (back )?from {A_DAY} \(.+\)\. (That day .+)", said):
            self.due = self._count(bool(found[1]), read(found[2]), found[3])
        elif found := re.fullmatch(rf"It is due on the day itself: {A_DAY} \(.+\)\.", said):
            self.due = read(found[1])
        elif found := re.fullmatch(rf"The year is that of {A_DAY} \(.+\)\.", said):
            before = re.fullmatch(rf"It must be done before {A_DAY}; the last day is {A_DAY}\.", self._next())
            assert before
            assert read(before[1]).year == read(found[1]).year
            assert read(before[2]) == read(before[1]) - DAY
            self.due = read(before[2])
        elif found := re.fullmatch(rf"It had to be known by {A_DAY}\. It was known on {A_DAY}: (.+)\.", said):
            assert read(found[1]) == self.due
            assert (read(found[2]) <= self.due) is {"in time": True, "not in time": False}[found[3]]
        elif found := re.fullmatch(rf"Of {A_DAY} and {A_DAY} the (later|earlier) counts: {A_DAY} \(.+\)\.", said):
            pick = max if found[3] == "later" else min
            self.due = pick(read(found[1]), read(found[2]))
            assert read(found[4]) == self.due
        elif found := re.fullmatch(rf"Counted from either, it is {A_DAY}\.", said):
            assert read(found[1]) == self.due
        else:
            return False
        return True

    def _count(self, back: bool, start: date, own: str) -> date:
        first_counts = {"That day is the first.": True, "That day itself does not count.": False}[own]
        said = re.fullmatch(
            rf"(?:The last of )?(\d+) (.+?) (before it is|after it is|that begin with it is) {A_DAY}\.", self._next()
        )
        assert said
        assert (said[3] == "before it is") is back
        assert (said[3] == "that begin with it is") is first_counts
        skipped: set[date] = set()
        following = self.words[self.place + 1]
        if following.startswith("Not counted: "):
            skipped = read_days(self._next())
        day = self._walk(int(said[1]), said[2].removesuffix("s"), start, back=back, skipped=skipped)
        if first_counts and not said[2].startswith("working"):
            day -= DAY
        elif first_counts:
            day = self._walk(int(said[1]), "working day", start - DAY, back=False, skipped=skipped)
        assert read(said[4]) == day, said[0]
        return day

    @staticmethod
    def _walk(number: int, unit: str, start: date, *, back: bool, skipped: set[date]) -> date:
        if unit == "month":
            return (slow_clocks.months_before if back else slow_clocks.months_after)(start, number)
        if unit != "working day":
            return start + (-DAY if back else DAY) * number * {"day": 1, "week": 7}[unit]
        day = start
        while number:
            day += -DAY if back else DAY
            number -= day not in skipped
        return day

    def _end(self, said: str) -> None:
        passed = passed_over(said)
        if passed:
            moved = re.match(rf"The last day,? (?:is )?{A_DAY}, .*?it moves to {A_DAY}\.", said)
            assert moved
            day = read(moved[1])
            assert day == self.due
            while day in passed:
                day += DAY
            assert day == read(moved[2])
            self.due = day


@cache
def asked() -> tuple[Reckoned, ...]:
    """All rules on many days, and the certificates and ends of term that may come with them."""
    return tuple(_asked())


def _asked() -> Iterator[Reckoned]:
    day = date(2000, 1, 3)
    while day < date(2036, 1, 1):
        for rule in BOOK.rules:
            names = [name for name, _ in BOOK.facts(rule)]
            gap = DAY * ((day - date(2000, 1, 1)).days % 61 - 20)
            for on in ({name: day + gap * number for number, name in enumerate(names)}, dict.fromkeys(names[:1], day)):
                try:
                    yield from reckon(BOOK, rule.code, on, DAYS)
                except Refused:
                    continue
        day += 251 * DAY


def words_of(found: Reckoned) -> list[str]:
    return [step.words for step in steps(found, BOOK)]


def test_every_date_can_be_counted_again_from_its_words_alone() -> None:
    seen: set[str] = set()
    for found in asked():
        seen.add(found.clock.code)
        assert Counted(words_of(found)).due == found.due, words_of(found)
    assert seen == {clock.code for clock in BOOK.clocks}


def test_a_word_that_is_wrong_is_noticed_when_it_is_counted_again() -> None:
    (found,) = reckon(BOOK, "LAR30", {"start": date(2025, 7, 21)}, DAYS)
    words = words_of(found)
    assert Counted(words).due == date(2025, 9, 30)
    for wrong in (
        [words[0].replace("21 Jul", "28 Jul"), *words[1:]],
        [words[0], words[1].replace("30 working", "29 working"), *words[2:]],
        [*words[:2], words[2].replace("Fri 1 Aug 2025 to Sun 31", "Mon 4 Aug 2025 to Sun 31"), *words[3:]],
        [words[0], words[1].replace("working days", "days"), *words[2:]],
    ):
        assert wrong != words
        with pytest.raises(AssertionError):
            Counted(wrong)


def test_every_explanation_names_law_and_source_and_every_day_that_was_left_out() -> None:
    for found in asked():
        made = steps(found, BOOK)
        (law,) = [step.words for step in made if step.kind is StepKind.LAW]
        head = "Practice, not law" if found.clock.target else "Law"
        assert law == f"{head}: {found.clock.law}. Source: {found.clock.source}."
        left_out = {day for leg in found.legs for day, _ in leg.skipped} if found.known is None else set()
        left_out |= {day for day, _ in found.passed}
        told = {day for step in made for day, _ in step.skipped}
        assert told >= left_out
        for step in made:
            if step.skipped:
                said = passed_over(step.words) or read_days(step.words.removeprefix("Not counted: "))
                assert said == {day for day, _ in step.skipped}
                assert step.kind is StepKind.SKIPPED or all(why in step.words for _, why in step.skipped)


def the_steps(rule: str, *, lifted: tuple[str, ...] = (), **on: str) -> list[Step]:
    given = {name: date.fromisoformat(day) for name, day in on.items()}
    return [step for found in reckon(BOOK, rule, given, DAYS, lifted) for step in steps(found, BOOK)]


def test_where_both_days_are_the_same_neither_is_said_to_be_the_later() -> None:
    told = [step.words for step in the_steps("APL", decision="2025-10-01", certificate="2025-11-01")]
    assert told[4] == "Counted from either, it is Mon 1 Dec 2025."


def test_an_appeal_is_explained_as_one_would_tell_it() -> None:
    told = the_steps("APL", decision="2025-10-01", certificate="2025-11-29")
    assert [(step.kind, step.words) for step in told] == [
        (StepKind.START, "Counted from Wed 1 Oct 2025 (decision). That day itself does not count."),
        (StepKind.COUNTED, "2 months after it is Mon 1 Dec 2025."),
        (StepKind.START, "Counted from Sat 29 Nov 2025 (certificate). That day itself does not count."),
        (StepKind.COUNTED, "1 month after it is Mon 29 Dec 2025."),
        (StepKind.CHOSEN, "Of Mon 1 Dec 2025 and Mon 29 Dec 2025 the later counts: Mon 29 Dec 2025 (certificate)."),
        (
            StepKind.MOVED,
            "The last day is Mon 29 Dec 2025, but it moves to Fri 2 Jan 2026. Passed over: Mon 29 Dec 2025 to Thu 1 "
            "Jan 2026 (from 25 December to 1 January, which the Tribunal does not count).",
        ),
        (
            StepKind.LAW,
            "Law: SI 2008/2699 rules 12, 20(1)(c). Source: legislation.gov.uk, SI 2008/2699 rule 20; IPSEA, appeals "
            "over Christmas and August.",
        ),
        (
            StepKind.NOTE,
            "The law says months. “30 days” and “60 days” are wrong. A late appeal needs the Tribunal's permission.",
        ),
    ]
    assert [step.day and step.day.isoformat() for step in told] == [
        "2025-10-01", "2025-12-01", "2025-11-29", "2025-12-29", "2025-12-29", "2026-01-02", None, None,
    ]  # fmt: skip


def test_a_single_day_that_is_passed_over_is_said_once() -> None:
    (moved,) = [step for step in the_steps("APL", decision="2013-11-12") if step.kind is StepKind.MOVED]
    assert moved.words == "The last day, Sun 12 Jan 2014, is a Sunday: it moves to Mon 13 Jan 2014."
    assert moved.skipped == ((date(2014, 1, 12), "a Sunday"),)


def test_each_day_is_called_by_the_words_that_ask_for_it_where_they_are_known() -> None:
    asks = {"decision": "Date on the letter", "certificate": "Date on the certificate"}
    (both,) = reckon(BOOK, "APL", {"decision": date(2025, 10, 1), "certificate": date(2025, 11, 29)}, DAYS)
    said = [step.words for step in steps(both, BOOK, asks)]
    assert said[0] == "Counted from Wed 1 Oct 2025 (date on the letter). That day itself does not count."
    assert said[4].endswith("the later counts: Mon 29 Dec 2025 (date on the certificate).")
    assert Counted(said).due == both.due
    (alone,) = reckon(BOOK, "APL", {"decision": date(2025, 10, 1)}, DAYS)
    assert "No day is given for “Date on the certificate”. With one, the date may be another." in [
        step.words for step in steps(alone, BOOK, asks)
    ]
    (fixed,) = reckon(BOOK, "PT215", {"transfer_year": date(2026, 9, 1)}, DAYS)
    assert steps(fixed, BOOK, {"transfer_year": "Day it begins"})[0].words.endswith("Tue 1 Sep 2026 (day it begins).")


def test_a_missing_certificate_is_asked_for() -> None:
    told = the_steps("APL", decision="2025-10-01")
    assert [step.words for step in told if step.kind is StepKind.MISSING] == [
        "No day is given for “certificate”. With one, the date may be another."
    ]


def test_a_move_tells_by_when_it_had_to_be_known_and_what_was_left_out_before() -> None:
    told = [step.words for step in the_steps("MOVE", move="2025-09-01", aware="2025-08-08")]
    assert told[:4] == [
        "Counted back from Mon 1 Sep 2025 (move). That day itself does not count.",
        "15 working days before it is Fri 8 Aug 2025.",
        "Not counted: Sat 9 Aug 2025 (a Saturday); Sun 10 Aug 2025 (a Sunday); Sat 16 Aug 2025 (a Saturday); "
        "Sun 17 Aug 2025 (a Sunday); Sat 23 Aug 2025 (a Saturday); Sun 24 Aug 2025 (a Sunday); "
        "Mon 25 Aug 2025 (a bank holiday, Late Summer Bank Holiday); Sat 30 Aug 2025 (a Saturday); "
        "Sun 31 Aug 2025 (a Sunday).",
        "It had to be known by Fri 8 Aug 2025. It was known on Fri 8 Aug 2025: in time.",
    ]
    assert told[4] == "It is due on the day itself: Mon 1 Sep 2025 (move)."
    late = [step.words for step in the_steps("MOVE", move="2025-09-01", aware="2025-08-11")]
    assert "It was known on Mon 11 Aug 2025: not in time." in late[3]
    assert late[4] == "Counted from Mon 11 Aug 2025 (aware). That day is the first."


def test_a_longstop_an_unmoved_holiday_exceptions_and_doubts_are_told() -> None:
    told = {step.kind: step.words for step in the_steps("EHC20", start="2026-01-05", lifted=("EX_PERSONAL",))}
    assert told[StepKind.NOT_MOVED] == (
        "Mon 25 May 2026 is a bank holiday, Spring Bank Holiday. This date is not moved for that."
    )
    assert told[StepKind.LONGSTOP] == "The duty is “as soon as practicable”. This day is only its outer end."
    assert told[StepKind.LIFTED] == (
        f"Lifted: {BOOK.exceptions['EX_PERSONAL']} The limit does not apply, and no other date takes its place."
    )
    assert told[StepKind.MAY_LIFT] == f"May be lifted: {BOOK.exceptions['EX_ABSENT']}"
    assert StepKind.CHECK not in told
    assert StepKind.NOT_MOVED not in {step.kind for step in the_steps("EHC20", start="2026-01-06")}
    checks = [step.words for step in the_steps("SAR", start="2041-01-31") if step.kind is StepKind.CHECK]
    assert checks == [
        "Check this: the source could not be verified.",
        "Check this: the bank holidays of those years are not known.",
    ]
    covid = the_steps("EHC6", start="2020-06-01")
    assert [step.words[:34] for step in covid if step.kind is StepKind.LIFTED] == ["Coronavirus rules of 2020: From 1 "]
    assert covid[-1].words == "Check this: how the suspension applies could not be verified."


def test_days_next_to_each_other_are_told_together_only_for_the_same_reason() -> None:
    day = date(2026, 8, 1)
    assert skipped_words([(day + DAY, "x"), (day, "x"), (day + 2 * DAY, "y"), (day + 4 * DAY, "y")]) == (
        "Sat 1 Aug 2026 to Sun 2 Aug 2026 (x); Mon 3 Aug 2026 (y); Wed 5 Aug 2026 (y)"
    )


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (0, "today"), (1, "tomorrow"), (-1, "yesterday"), (2, "in 2 days"), (-2, "2 days ago"),
        (730, "in 730 days"), (-729, "729 days ago"),
        (731, "in 2 years"), (-730, "2 years ago"), (1234, "in 3 years"), (-1234, "3 years ago"),
        (-4829, "13 years ago"),
    ],
)  # fmt: skip
def test_days_left_are_told_in_words(left: int, words: str) -> None:
    today = date(2026, 3, 2)
    assert days_left(today + left * DAY, today) == words


def test_since_when_and_until_when_a_rule_is_law_is_told_in_words() -> None:
    first, last = date(2014, 9, 1), date(2018, 3, 31)
    assert in_law_words(None, None) == ""
    assert in_law_words(first, None) == "since 1 September 2014"
    assert in_law_words(None, last) == "until 31 March 2018"
    assert in_law_words(first, last) == "1 September 2014 to 31 March 2018"
