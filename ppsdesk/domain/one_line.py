"""A whole call in one line: `smith tom ehc,perm "asked about appeal" out:signp 6m`.

Names come first, topics after them or wherever there is a comma, the note in quotation marks, minutes as `6m`;
everything else by the list it is of, as `out:` for the outcome. Entries are found by their code or the beginnings of
their words. Nothing is guessed: what means two things, or nothing, is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ppsdesk.domain.calls import LONGEST
from ppsdesk.domain.names import fold
from ppsdesk.domain.typed_dates import read_day
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary

NAMED = "out: kind: line: by: level: stage: adv: sent: sign: area: heard: on: topic: and who:"
HOW = f"call, who, topics with commas, “note”, 6m; the rest by name: {NAMED}"
MOST_NAMED = 3  # entries that a sentence names


@dataclass(frozen=True, slots=True, kw_only=True)
class OneLine:
    """What was understood; fields are called as in `CallFacts`.

    `who` goes into the one box, as typed. `problems` are sentences for what was not understood and is left out.
    """

    who: str = ""
    topics: tuple[TermCode, ...] = ()
    notes: str = ""
    minutes: int | None = None
    taken_on: date | None = None
    anonymous: bool = False
    caller_kind: TermCode | None = None
    line: TermCode | None = None
    method: TermCode | None = None
    level: TermCode | None = None
    outcome: TermCode | None = None
    how_heard: TermCode | None = None
    area: TermCode | None = None
    stages: tuple[TermCode, ...] = ()
    advice: tuple[TermCode, ...] = ()
    information: tuple[TermCode, ...] = ()
    signposted: tuple[TermCode, ...] = ()
    problems: tuple[str, ...] = ()


_ONE: dict[str, tuple[str, Vocabulary]] = {
    "out": ("outcome", Vocabulary.OUTCOME),
    "kind": ("caller_kind", Vocabulary.CALLER_KIND),
    "line": ("line", Vocabulary.LINE),
    "by": ("method", Vocabulary.METHOD),
    "level": ("level", Vocabulary.LEVEL),
    "area": ("area", Vocabulary.AREA),
    "heard": ("how_heard", Vocabulary.HOW_HEARD),
}
_SEVERAL: dict[str, tuple[str, Vocabulary]] = {
    "topic": ("topics", Vocabulary.TOPIC),
    "stage": ("stages", Vocabulary.STAGE),
    "adv": ("advice", Vocabulary.ADVICE),
    "sent": ("information", Vocabulary.INFORMATION),
    "sign": ("signposted", Vocabulary.SIGNPOST),
}
_OTHER_NAMES = {"t": "topic", "topics": "topic", "outcome": "out", "lev": "level", "method": "by", "advice": "adv",
                "stages": "stage", "note": "notes", "info": "sent", "signpost": "sign", "day": "on"}  # fmt: skip

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}
_PART = re.compile(r"(?P<alone>[A-Za-z]+):(?=\s|$)|(?:(?P<name>[A-Za-z]+):)?(?:(?P<open>[\"“„«])|(?P<word>\S+))")
_MINUTES = re.compile(r"(?:(\d{1,9})h)?(?:(\d{1,9})(?:m|min|mins|minutes)?)?", re.IGNORECASE | re.ASCII)


def parse(text: str, lists: Vocabularies, *, on: date) -> OneLine:
    """Read the line for a call of that day (another may be said in it, as `on:yest`). Never raises."""
    reading = _Reading(lists=lists, on=on)
    parts = list(_parts(text, reading.problems))
    if parts and parts[0] == ("", "call", False):
        parts = parts[1:]
    for name, words, quoted in sorted(parts, key=lambda part: part[0] not in ("on", "day")):  # it decides the lists
        reading.take(name, words, quoted)
    return reading.finish()


def _parts(text: str, problems: list[str]) -> Iterator[tuple[str, str, bool]]:
    """(name before the colon, words, whether they stood in quotation marks), one by one."""
    place, waiting = 0, ""
    while found := _PART.search(text, place):
        place, name = found.end(), (found["name"] or "").casefold() or waiting
        waiting = ""
        if found["open"]:
            end = text.find(_QUOTES[found["open"]], place)
            if end < 0:
                problems.append(f"The quotation mark before “{_short(text[place:])}” is not closed.")
                end = len(text)
            yield name, text[place:end].strip(), True
            place = end + 1
        elif found["alone"]:
            waiting = found["alone"].casefold()  # "out: info", with a space
        elif any(sign.isalnum() for sign in found["word"]):
            yield name, found["word"], False
    if waiting:
        problems.append(f"Nothing stands behind “{waiting}:”.")


@dataclass(kw_only=True)
class _Reading:
    lists: Vocabularies
    on: date
    line: OneLine = field(default_factory=OneLine)
    problems: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    topics_said: bool = False

    def take(self, name: str, words: str, quoted: bool) -> None:
        """One part of the line."""
        name = _OTHER_NAMES.get(name, name)
        if name in _ONE:
            self._take_one(name, words)
        elif name in _SEVERAL:
            self._take_several(name, [part for part in words.split(",") if part])
        elif name == "on":
            self._take_day(words)
        elif name == "who":
            self.line = replace(self.line, who=f"{self.line.who} {words}".strip())
        elif name == "notes" or (quoted and not name):
            self.line = replace(self.line, notes="\n".join(part for part in (self.line.notes, words) if part))
        elif name:
            self.problems.append(f"“{name}:” means nothing here. There are {NAMED}.")
        else:
            self._take_bare(words)

    def finish(self) -> OneLine:
        """What is left are names, and topics at their end."""
        words = self.bare
        if not self.topics_said:
            first = self._first_topic(words)
            self._take_several("topic", words[first:], name_too=True)
            words = words[:first]
        who = " ".join(part for part in (*words, self.line.who) if part)
        return replace(self.line, who=who, problems=tuple(self.problems))

    def _first_topic(self, words: Sequence[str]) -> int:
        """Where topics begin at the end of the names. Before a topic, a word that could be several is a name."""
        first, names = len(words), 0 if self.line.who or self.line.anonymous else 1
        while first > names:
            meant = len(self._topics(words[first - 1]))
            if meant == 0 or (meant > 1 and first < len(words)):
                break
            first -= 1
        return first

    def _take_bare(self, word: str) -> None:
        minutes = _MINUTES.fullmatch(word) if word[-1].isalpha() or "h" in word.casefold() else None
        if minutes and any(minutes.groups()):
            self._take_minutes(word, 60 * int(minutes[1] or 0) + int(minutes[2] or 0))
        elif word.casefold() in ("anon", "anonymous"):
            self.line = replace(self.line, anonymous=True)
        elif "," in word.strip(",") and any(self._topics(part) for part in word.split(",") if part):
            self._take_several("topic", [part for part in word.split(",") if part])
        else:
            self.bare.append(word)

    def _take_minutes(self, word: str, minutes: int) -> None:
        if minutes > LONGEST:
            self.problems.append(f"“{word}” is longer than a day. Minutes are from 0 to {LONGEST}.")
        else:
            self.line = replace(self.line, minutes=minutes)

    def _take_day(self, words: str) -> None:
        try:
            self.on = read_day(words, self.on)
        except ValueError as refused:
            self.problems.append(str(refused))
        else:
            self.line = replace(self.line, taken_on=self.on)

    def _take_one(self, name: str, words: str) -> None:
        fact, vocabulary = _ONE[name]
        if code := self._only(vocabulary, words):
            self.line = replace(self.line, **{fact: code})  # type: ignore[arg-type]

    def _take_several(self, name: str, words: Sequence[str], *, name_too: bool = False) -> None:
        fact, vocabulary = _SEVERAL[name]
        self.topics_said |= name == "topic"
        found = [code for part in words if (code := self._only(vocabulary, part, name_too=name_too))]
        kept = tuple(dict.fromkeys((*getattr(self.line, fact), *found)))
        self.line = replace(self.line, **{fact: kept})  # type: ignore[arg-type]

    def _topics(self, word: str) -> tuple[Term, ...]:
        return matches(word, self.lists.offered(Vocabulary.TOPIC, on=self.on))

    def _only(self, vocabulary: Vocabulary, words: str, *, name_too: bool = False) -> TermCode | None:
        found = matches(words, self.lists.offered(vocabulary, on=self.on))
        if len(found) == 1:
            return found[0].code
        if found:
            a_name = f", or who:{words} if it is a name" if name_too else ""
            self.problems.append(f"“{_short(words)}” could be {_either(found)}. Type more of it{a_name}.")
        else:
            self.problems.append(f"“{_short(words)}” is not in the list {vocabulary.label}.")
        return None


def matches(typed: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The one term whose code or label it is; else every one that has a word beginning so for each typed word."""
    wanted = fold(typed)
    if not wanted:
        return ()
    very = tuple(term for term in terms if wanted in (fold(term.code), fold(term.label)))
    if very:
        return very[:1]
    return tuple(
        term for term in terms if all(any(word.startswith(part) for word in _words(term)) for part in _split(wanted))
    )


def _words(term: Term) -> list[str]:
    return [fold(term.code), *_split(fold(term.code)), *_split(fold(term.label))]


def _split(folded: str) -> list[str]:
    return re.findall(r"\w+", folded.replace("_", " "))


def _either(found: Sequence[Term]) -> str:
    names = [term.shown for term in found[:MOST_NAMED]]
    more = len(found) - len(names)
    last = f"{more} more" if more else names.pop()
    return f"{', '.join(names)} or {last}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
