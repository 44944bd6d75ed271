"""Rules as they stand in files: every name and every line is checked, so that a slip cannot become a wrong date.

ValueError names the entry and what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ppsdesk.domain.clock_rules import (
    Clock,
    CountedIn,
    Ending,
    Owes,
    Pick,
    Rule,
    RuleBook,
    Suspension,
    read_limit,
)
from ppsdesk.domain.happenings import FactWanted, Follows, Happening, Kind, Shown, Unlikely

_FLAGS = {"skips", "longstop", "target"}
# what each kind of entry must have, and what it may have besides
_CLOCK = ({"rule", "title", "duty", "owes", "counts", "law", "source"},
          {"part", "pick", "optional", "known", "ends", "certain", "lifted_by", "first", "last", "instead_before",
           "instead_after", "note", *_FLAGS})  # fmt: skip
_RULE = ({"code", "title", "clocks"}, {"fact"})
_SUSPENSION = ({"code", "title", "first", "rules", "words", "law", "source"}, {"last", "certain"})
_NO_LIMIT = ({"code", "words"}, set[str]())
_FILE = (set[str](), {"clock", "rule", "suspension", "exceptions", "no_limit"})
_HAPPENING = ({"code", "title", "topics", "facts", "rules"}, {"kinds", "exceptions", "unlikely", "done"})
_FACT = ({"name", "asks"}, {"optional", "ahead"})
_KIND = ({"code", "title"}, {"rules", "lifts", "topics"})
_UNLIKELY = ({"fact", "words"}, {"before", "after"})
_DONE = ({"rule", "fact", "words"}, {"since"})


def read_book(files: Iterable[Mapping[str, Any]]) -> RuleBook:
    """The rule book of several files. A clock that stands in no rule is a rule by itself."""
    clocks: list[Clock] = []
    rules: list[Rule] = []
    suspensions: list[Suspension] = []
    exceptions: dict[str, str] = {}
    no_limits: dict[str, str] = {}
    for content in files:
        _check_keys("a file of rules", content, _FILE)
        clocks.extend(_clock(entry) for entry in content.get("clock", ()))
        rules.extend(_rule(entry) for entry in content.get("rule", ()))
        suspensions.extend(_suspension(entry) for entry in content.get("suspension", ()))
        exceptions.update(content.get("exceptions", {}))
        no_limits.update(_no_limit(entry) for entry in content.get("no_limit", ()))
    named = {rule.code for rule in rules}
    alone = {clock.rule: clock for clock in sorted(clocks, key=lambda clock: clock.first or date.min)}
    order = dict.fromkeys(clock.rule for clock in clocks)
    rules = [
        *rules,
        *(Rule(code=code, title=alone[code].title, clocks=(code,)) for code in order if code not in named),
    ]
    book = RuleBook(tuple(clocks), tuple(_in_order(rules, order)), tuple(suspensions), exceptions, no_limits)
    check_book(book)
    return book


def _in_order(rules: list[Rule], order: Mapping[str, Any]) -> list[Rule]:
    """As the files have their clocks; a rule that puts several together stands before the first of them."""
    place = {code: number for number, code in enumerate(order)}
    return sorted(rules, key=lambda rule: (min(place.get(code, len(place)) for code in rule.clocks), -len(rule.clocks)))


def _check_keys(name: str, entry: Mapping[str, Any], keys: tuple[set[str], set[str]]) -> None:
    needed, besides = keys
    if strangers := set(entry) - needed - besides:
        raise ValueError(f"{name}: “{sorted(strangers)[0]}” means nothing.")
    if lacking := needed - set(entry):
        raise ValueError(f"{name}: “{sorted(lacking)[0]}” is missing.")
    days = [entry[key] for key in ("first", "last") if key in entry]
    if any(type(day) is not date for day in days) or days != sorted(days):
        raise ValueError(f"{name}: “first” and “last” are days, in this order.")


def check_book(book: RuleBook) -> None:
    """ValueError when a name leads nowhere, or two versions of a clock are law on the same day."""
    known = {clock.rule for clock in book.clocks}
    _check_rules(book, known)
    for clock in book.clocks:
        _check_clock(clock, known, book)
    for suspension in book.suspensions:
        if strangers := suspension.rules - known:
            raise ValueError(f"{suspension.code}: there is no clock {sorted(strangers)[0]}.")
    for code in known:
        _check_versions([clock for clock in book.clocks if clock.rule == code])


def _check_rules(book: RuleBook, known: set[str]) -> None:
    if len({rule.code for rule in book.rules}) < len(book.rules):
        raise ValueError("Two rules have the same name.")
    for rule in book.rules:
        for code in rule.clocks:
            if code not in known:
                raise ValueError(f"{rule.code}: there is no clock {code}.")


def _check_clock(clock: Clock, known: set[str], book: RuleBook) -> None:
    for code in clock.lifted_by:
        if code not in book.exceptions:
            raise ValueError(f"{clock.code}: there is no exception {code}.")
    for code in (clock.instead_before, clock.instead_after):
        if code and code not in known:
            raise ValueError(f"{clock.code}: there is no rule {code}.")
    if clock.facts[0] in clock.optional or not clock.optional <= set(clock.facts):
        raise ValueError(f"{clock.code}: the first day cannot be missing, and only its own days can.")
    if clock.skips and any(limit.unit is not CountedIn.WORKING_DAYS for limit in clock.limits):
        raise ValueError(f"{clock.code}: days are left out of working days only.")
    if (clock.pick is Pick.IF_KNOWN) != (clock.known is not None) or (clock.known and len(clock.limits) != 2):
        raise ValueError(f"{clock.code}: “if_known” needs two countings and “known”.")


def _check_versions(clocks: list[Clock]) -> None:
    for place, clock in enumerate(clocks):
        for other in clocks[place + 1 :]:
            together = max(clock.first or date.min, other.first or date.min) <= min(
                clock.last or date.max, other.last or date.max
            )
            if clock.part == other.part and together:
                raise ValueError(f"{clock.code}: two versions are law on the same day.")


def _clock(entry: Mapping[str, Any]) -> Clock:
    name = entry.get("rule", "?")
    _check_keys(name, entry, _CLOCK)
    try:
        return Clock(
            rule=entry["rule"],
            part=entry.get("part", ""),
            title=entry["title"],
            duty=entry["duty"],
            owes=Owes(entry["owes"]),
            limits=tuple(read_limit(line) for line in entry["counts"]),
            law=entry["law"],
            source=entry["source"],
            pick=Pick(entry.get("pick", "later")),
            optional=frozenset(entry.get("optional", ())),
            known=read_limit(entry["known"]) if "known" in entry else None,
            ends=Ending(entry.get("ends", "stays")),
            certain=entry.get("certain", True),
            lifted_by=tuple(entry.get("lifted_by", ())),
            first=entry.get("first"),
            last=entry.get("last"),
            instead_before=entry.get("instead_before", ""),
            instead_after=entry.get("instead_after", ""),
            note=entry.get("note", ""),
            **{flag: True for flag in _FLAGS if entry.get(flag)},
        )
    except ValueError as wrong:
        raise ValueError(f"{name}: {wrong}") from None


def _no_limit(entry: Mapping[str, Any]) -> tuple[str, str]:
    _check_keys(entry.get("code", "?"), entry, _NO_LIMIT)
    return entry["code"], entry["words"]


def _rule(entry: Mapping[str, Any]) -> Rule:
    _check_keys(entry.get("code", "?"), entry, _RULE)
    return Rule(code=entry["code"], title=entry["title"], clocks=tuple(entry["clocks"]), fact=entry.get("fact", ""))


def _suspension(entry: Mapping[str, Any]) -> Suspension:
    _check_keys(entry.get("code", "?"), entry, _SUSPENSION)
    return Suspension(
        code=entry["code"],
        title=entry["title"],
        first=entry["first"],
        last=entry.get("last"),
        rules=frozenset(entry["rules"]),
        words=entry["words"],
        law=entry["law"],
        source=entry["source"],
        certain=entry.get("certain", True),
    )


def read_happenings(content: Mapping[str, Any], book: RuleBook) -> tuple[Happening, ...]:
    """What can have happened, in the order of the file; every rule, day and exception that is named must be there."""
    found = tuple(_happening(entry) for entry in content["happening"])
    for happening in found:
        _check_happening(happening, book)
    return found


def _happening(entry: Mapping[str, Any]) -> Happening:
    name = entry.get("code", "?")
    _check_keys(name, entry, _HAPPENING)
    for keys, parts in (
        (_FACT, entry["facts"]),
        (_KIND, entry.get("kinds", ())),
        (_UNLIKELY, entry.get("unlikely", ())),
        (_DONE, entry.get("done", ())),
    ):
        for part in parts:
            _check_keys(name, part, keys)
    return Happening(
        code=entry["code"],
        title=entry["title"],
        facts=tuple(FactWanted(**fact) for fact in entry["facts"]),
        rules=tuple(_follows(line) for line in entry["rules"]),
        kinds=tuple(
            Kind(kind["code"], kind["title"], tuple(_follows(line) for line in kind.get("rules", ())),
                 tuple(kind.get("lifts", ())), tuple(kind.get("topics", ())))
            for kind in entry.get("kinds", ())
        ),
        exceptions=tuple(entry.get("exceptions", ())),
        topics=tuple(entry["topics"]),
        unlikely=tuple(_unlikely(doubt) for doubt in entry.get("unlikely", ())),
        shown=tuple(Shown(**shown) for shown in entry.get("done", ())),
    )  # fmt: skip


def _follows(line: str) -> Follows:
    rule, *days = line.split()
    pairs = [day.partition("=") for day in days]
    return Follows(rule, tuple((its, ours) for its, _, ours in pairs))


def _unlikely(doubt: Mapping[str, Any]) -> Unlikely:
    before, after = doubt.get("before"), doubt.get("after")
    return Unlikely(
        doubt["fact"], doubt["words"], read_limit(before) if before else None, read_limit(after) if after else None
    )


def _check_happening(happening: Happening, book: RuleBook) -> None:
    ours = {fact.name for fact in happening.facts}
    for follows in (*happening.rules, *(rule for kind in happening.kinds for rule in kind.rules)):
        if follows.rule not in {rule.code for rule in book.rules}:
            raise ValueError(f"{happening.code}: there is no rule {follows.rule}.")
        taken = dict(book.facts(book.rule(follows.rule)))
        if {its for its, _ in follows.days} != set(taken) or not {day for _, day in follows.days} <= ours:
            raise ValueError(f"{happening.code}: the days of {follows.rule} do not fit.")
    for code in (*happening.exceptions, *(code for kind in happening.kinds for code in kind.lifts)):
        if code not in book.exceptions:
            raise ValueError(f"{happening.code}: there is no exception {code}.")
    for kind in happening.kinds:
        if strangers := set(kind.topics) - set(happening.topics):
            raise ValueError(f"{happening.code}: “{sorted(strangers)[0]}” is a topic of {kind.code} only.")
    _check_asked_again(happening, ours)


def _check_asked_again(happening: Happening, ours: set[str]) -> None:
    for doubt in happening.unlikely:
        limit = doubt.before or doubt.after
        if limit is None or not {doubt.fact, limit.fact} <= ours:
            raise ValueError(f"{happening.code}: an unlikely day that cannot be checked.")
    rules = {one.rule for one in (*happening.rules, *(rule for kind in happening.kinds for rule in kind.rules))}
    for shown in happening.shown:
        if shown.rule not in rules or not {shown.fact, shown.since or shown.fact} <= ours:
            raise ValueError(f"{happening.code}: nothing can show that {shown.rule} is done.")
