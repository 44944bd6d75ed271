"""`dates`: a date of the law worked out and explained, and the list of all that can be asked; without a database."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ppsdesk.commands.line import day
from ppsdesk.domain.calendar import local_day, long_day, system_clock
from ppsdesk.domain.clock_rules import Clock, Rule, RuleBook
from ppsdesk.domain.clock_steps import days_left, in_law_words, steps
from ppsdesk.domain.clocks import Reckoned, reckon
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.working_days import WorkingDays
from ppsdesk.reports.safe_text import one_line

HOW = "Write it as --on start=2025-09-01."
_NAMED = re.compile(r"([^=]*)=(.*)", re.DOTALL)
_DAY, _YEAR = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), re.compile(r"\d{4}", re.ASCII)


def add_to(parser: ArgumentParser, common: ArgumentParser) -> None:
    """Say what can be typed. What is missing is told in a sentence when it is carried out."""
    parser.add_argument(
        "rule", nargs="*", metavar="RULE", help="the name of a rule, as --list shows it: EHC6, APL, REV"
    )
    parser.add_argument(
        "--on", nargs="?", const="", action="append", default=[], metavar="NAME=DATE",
        help="a day the rule takes, start=2025-09-01; may be given several times",
    )  # fmt: skip
    parser.add_argument(
        "--exception", nargs="?", const="", action="append", default=[], metavar="CODE",
        help="what lifts the limit, EX_SCHOOL for one; may be given several times",
    )  # fmt: skip
    parser.add_argument("--explain", action="store_true", help="say how the date came about, step by step")
    parser.add_argument("--list", action="store_true", help="every rule, with the days it takes")
    parser.add_argument("--json", action="store_true", help="for other programs")


def run(line: Namespace) -> int:
    """Carry it out."""
    wanted = None if line.list else _one_rule(line.rule)  # before any database is opened
    law = _law(line)
    if wanted is None:
        _refuse_days(line)
        print(_as_json([_rule_as_json(law, rule) for rule in law.book.rules]) if line.json else _list_in_words(law))
        return 0
    code = _as_written(law.book, wanted)
    rule = next((rule for rule in law.book.rules if rule.code == code), None)
    facts = _facts(law.book, rule, line.on)
    lifted = tuple(dict.fromkeys(code.strip().upper() for code in line.exception))
    found = reckon(law.book, code, facts, law.days, lifted)
    assert rule is not None  # `reckon` refuses a rule that is not there
    answer = Answer(law, rule, found, lifted, _questions(law, code, facts))
    print(_as_json(answer.as_json()) if line.json else answer.in_words(explained=line.explain))
    return 0


# -- what was typed ----------------------------------------------------------------------------------------------------


def _one_rule(typed: list[str]) -> str:
    if not typed:
        raise Refused("No rule is named.", hint="Name one, as in “dates EHC6 --on start=2025-09-01”, or use --list.")
    for word in typed:
        if "=" in word:
            raise Refused(f"“{word[:40]}” has no --on before it.", hint=HOW)
    if len(typed) > 1:
        raise Refused(f"“{typed[1][:40]}” is one rule too many.", hint="Ask one rule at a time.")
    return typed[0].strip()


def _refuse_days(line: Namespace) -> None:
    if line.rule or line.on or line.exception:
        raise Refused("--list shows every rule and takes no rule and no day.", hint="Leave one of them out.")


def _as_written(book: RuleBook, typed: str) -> str:
    """The name of a rule as the law book writes it, in whatever case it was typed; as typed where there is none."""
    names = (*(rule.code for rule in book.rules), *book.no_limits)
    return next((name for name in names if name.casefold() == typed.casefold()), typed)


def _facts(book: RuleBook, rule: Rule | None, typed: list[str]) -> dict[str, date]:
    """The days that were given, by name. `Refused` for one that is doubled, or is no day."""
    years = {limit.fact for clock in (book.of(rule) if rule else ()) for limit in clock.limits if limit.fixed}
    facts: dict[str, date] = {}
    for text in typed:
        found = _NAMED.fullmatch(text)
        name = found[1].strip().lower() if found else ""
        if not found or not name:
            raise Refused(f"--on “{text[:40]}” does not say which day it is.", hint=HOW)
        if name in facts:
            raise Refused(f"--on {name[:40]} is given twice.", hint="Give each day once.")
        facts[name] = _day(name, found[2].strip(), year_will_do=name in years)
    return facts


def _day(name: str, text: str, *, year_will_do: bool) -> date:
    option = f"--on {name[:40]}"
    if year_will_do and _YEAR.fullmatch(text):
        text = f"{text}-01-01"
    if not text:
        raise Refused(f"{option} is empty.", hint="Write the day as 2025-09-01.")
    if not _DAY.fullmatch(text):
        raise Refused(f"{option}: “{text[:40]}” is not a date.", hint="Write it as 2025-09-01.")
    try:
        date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{option}: there is no day “{text}”.", hint="Check its month and day.") from None
    found = day(text, option)
    assert found is not None  # a text was given
    return found


def _questions(law: Law, code: str, facts: Mapping[str, date]) -> tuple[str, ...]:
    """Days that contradict each other are questioned, never refused."""
    from ppsdesk.domain.happenings import questions_about
    from ppsdesk.services.shipped_rules import shipped_happenings

    return questions_about(shipped_happenings(), code, facts, law.days) if len(facts) > 1 else ()


# -- whose rules -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Law:
    """The rules and bank holidays that are asked, the day that counts as today, and where they came from."""

    book: RuleBook
    days: WorkingDays
    today: date
    words: str


def _law(line: Namespace) -> Law:
    """As shipped; as kept in a database where one is named that is there. None is ever made for this."""
    today = day(line.as_of, "--as-of") or local_day(system_clock())
    if line.database is not None or (line.data_dir is not None and _is_there(line.data_dir)):
        from ppsdesk.commands.desk import services

        with services(line) as desk:
            rules = desk.dates.in_force()
        return Law(rules.book, rules.days, today, "Rules and bank holidays of this desk.")
    from ppsdesk.services.shipped_rules import shipped_book, shipped_days

    none = "" if line.data_dir is None else f": there is no database in “{line.data_dir}”"
    return Law(shipped_book(), shipped_days(), today, f"Rules and bank holidays as shipped{none}.")


def _is_there(folder: str) -> bool:
    """Whether that desk has a database, in its folder or, by its settings, on a server."""
    from ppsdesk.services.locations import DeskFolder
    from ppsdesk.services.settings import SettingsDesk

    if not folder.strip():
        raise Refused("--data-dir is empty.", hint="Give the name of a folder, or leave the option out.")
    desk = DeskFolder(Path(folder))
    if desk.root.exists() and not desk.root.is_dir():
        desk.make()  # which says so
    return desk.database.exists() or bool(SettingsDesk(desk.settings).read().database)


# -- the answer --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """The dates of one rule, as they are printed."""

    law: Law
    rule: Rule
    found: tuple[Reckoned, ...]
    lifted: tuple[str, ...]
    questions: tuple[str, ...]

    def in_words(self, *, explained: bool) -> str:
        """The due date in words, who owes what and how long there is; the steps, each on a line, where wanted."""
        said = [f"{self.rule.code}: {self.rule.title}"]
        for one in self._by_day():
            said.append(self._one_in_words(one))
            if explained:
                said += [f"  {one_line(words)}" for words in self._steps(one)]
        said += self.questions
        if not explained:
            said.append("--explain says how it was counted.")
        return "\n".join([*said, self.law.words])

    def _one_in_words(self, one: Reckoned) -> str:
        name = f"{_part(one.clock)}: " if self._several else ""
        title = f" – {one.clock.title}" if self._several else ""
        left = days_left(one.due, self.law.today)
        words = f"{name}{long_day(one.due)} ({left}) – {one.clock.owes.label}{title} – {one.clock.law}{_marks(one)}"
        return one_line(words)

    def as_json(self) -> dict[str, Any]:
        """One object; `due` is the earliest of `dates`, `who` its ower, `certain` whether all of them are."""
        first = min(self.found, key=lambda one: one.due)
        answer: dict[str, Any] = {
            "rule": self.rule.code,
            "due": first.due.isoformat(),
            "who": first.clock.owes.value,
            "source": _source(self.found),
            "certain": all(one.certain for one in self.found),
            "steps": [*self._all_steps(), self.law.words],
        }
        if self._several:
            answer["dates"] = {_part(one.clock): one.due.isoformat() for one in self.found}
        if lifted := list(dict.fromkeys(code for one in self.found for code in one.lifted)):
            answer["lifted"] = lifted
        return answer

    @property
    def _several(self) -> bool:
        return len(self.found) > 1 or any(one.clock.part for one in self.found)

    def _by_day(self) -> list[Reckoned]:
        return sorted(self.found, key=lambda one: one.due)

    def _all_steps(self) -> Iterable[str]:
        for one in self._by_day():
            if self._several:
                yield f"{_part(one.clock)}: {one.clock.title}, {long_day(one.due)}."
            yield from self._steps(one)
        yield from self.questions

    def _steps(self, one: Reckoned) -> Iterable[str]:
        yield from (step.words for step in steps(one, self.law.book))
        for code in self.lifted:
            if code not in one.clock.lifted_by:
                yield f"{code} does not lift this limit."


def _part(clock: Clock) -> str:
    """What tells a date from the others of its rule; of one without a part the name of its clock."""
    return clock.part or clock.rule


def _source(found: Iterable[Reckoned]) -> str:
    """The law, then where it was read, each once."""
    clocks = [one.clock for one in found]
    return "; ".join(dict.fromkeys([*(clock.law for clock in clocks), *(clock.source for clock in clocks)]))


def _marks(one: Reckoned) -> str:
    marks = [f"; lifted by {', '.join(one.lifted)}"] if one.lifted else []
    return "".join([*marks, *([] if one.certain else ["; check this"])])


# -- the list ----------------------------------------------------------------------------------------------------------


def _list_in_words(law: Law) -> str:
    """A line for each rule, in columns."""
    lines = [("Rule", "What", "Who", "Days it takes", "Law", "")]
    for rule in law.book.rules:
        clocks = law.book.of(rule)
        takes = ", ".join(f"[{name}]" if optional else name for name, optional in law.book.facts(rule))
        who = "; ".join(dict.fromkeys(clock.owes.label for clock in clocks))
        first, last = _span(clocks)
        check = "" if _certain(clocks, law.today) else "check this"
        lines.append((rule.code, rule.title, who, takes, in_law_words(first, last), check))
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    said = ["  ".join(text.ljust(wide) for text, wide in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join(
        [
            *said,
            "",
            "[in brackets]: may be left out. check this: a source of what is law now could not be verified.",
            law.words,
        ]
    )


def _rule_as_json(law: Law, rule: Rule) -> dict[str, Any]:
    clocks = law.book.of(rule)
    first, last = _span(clocks)
    return {
        "rule": rule.code,
        "title": rule.title,
        "who": list(dict.fromkeys(clock.owes.value for clock in clocks)),
        "inputs": [{"name": name, "optional": optional} for name, optional in law.book.facts(rule)],
        "law": "; ".join(dict.fromkeys(clock.law for clock in clocks)),
        "source": "; ".join(dict.fromkeys(clock.source for clock in clocks)),
        "certain": _certain(clocks, law.today),
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
        "counts": list(dict.fromkeys(clock.counting for clock in clocks)),
        "exceptions": list(dict.fromkeys(code for clock in clocks for code in clock.lifted_by)),
        "parts": list(dict.fromkeys(_part(clock) for clock in clocks)),
    }


def _certain(clocks: Iterable[Clock], today: date) -> bool:
    """Whether what is law today, or was law last, could be verified; older law may be less certain."""
    found = list(clocks)
    now = [clock for clock in found if clock.is_law_on(today)]
    return all(clock.certain for clock in now or found)


def _span(clocks: Iterable[Clock]) -> tuple[date | None, date | None]:
    """Since when and until when any version of a rule is law; None where that is not limited."""
    found = list(clocks)
    firsts, lasts = [clock.first for clock in found], [clock.last for clock in found]
    first = None if None in firsts else min((one for one in firsts if one), default=None)
    last = None if None in lasts else max((one for one in lasts if one), default=None)
    return first, last


def _as_json(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=1)
