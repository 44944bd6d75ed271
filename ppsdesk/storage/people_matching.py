"""Who meets the clues that were typed, and how well: numbers of people, best first.

What a clue costs says how it was met: 0 the word itself, 10 its beginning, 20 another name of theirs or a form of it,
25 their town, 30 a child of theirs, 40 the same sound, 50 one letter off. Tens are bands: a row is as good as its worst
clue, then as the sum of all. Worse bands are looked at only while the better ones leave room.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from ppsdesk.domain.names import BEGINNING_FROM, nicknames, one_letter_off, slips_between
from ppsdesk.domain.search_keys import BETWEEN, Sort
from ppsdesk.domain.sounds import sound
from ppsdesk.domain.typed_box import Clues
from ppsdesk.storage.asked import asked, together

SAME, BEGINS, OTHER, TOWN, FAMILY, SOUND, SPELLING = 0, 10, 20, 25, 30, 40, 50
SOUND_FROM = 3  # letters of a word whose sound is looked for
SPELLING_FROM = 3
MOST_TIES = 3_000  # people of one clue whose families are looked at
_LAST = "\U0010ffff"

Hits = dict[int, int]  # person and what the clue costs for them
Rank = tuple[int, int]  # band of the worst clue, sum of all

_RANGE = (
    "SELECT CAST(? AS integer), word, :ids FROM person_search WHERE sort = ? AND word >= ? AND word < ? GROUP BY word"
)
_LISTED = (
    "SELECT CAST(? AS integer), s.word, :ids FROM :words w CROSS JOIN person_search s "
    "WHERE s.sort = ? AND s.word = w.one GROUP BY s.word"
)
_BEGUN = "SELECT CAST(? AS integer), s.word, :ids FROM :begun GROUP BY s.word"
_TOWNS = "SELECT word, person_id FROM person_search WHERE sort = 't' AND word >= ? AND word < ? AND person_id :among"
_IS_TOWN = "SELECT 1 FROM person_search WHERE sort = 't' AND word >= ? AND word < ? LIMIT 1"
_TIES = (
    "SELECT r.person_id, r.other_id FROM relationship r JOIN person a ON a.id = r.person_id "
    "JOIN person c ON c.id = r.other_id WHERE r.removed_at IS NULL AND a.removed_at IS NULL AND c.removed_at IS NULL "
    "AND a.kind <> 'child' AND c.kind = 'child' AND "
)
_ADULTS_OF = _TIES + "r.other_id :among"
_CHILDREN_OF = _TIES + "r.person_id :among"


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing that was typed: a word that may be a name or a town, or keys of other sorts, each (sort, word)."""

    word: str = ""
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def in_family(self) -> bool:
        """Whether a child who meets it finds their adults: by name and day of birth."""
        return bool(self.word) or any(sort == Sort.BORN for sort, _ in self.keys)


@dataclass(frozen=True, slots=True)
class _Probe:
    """One range of keys, for the clue at `place`; `cost` of each word that is found there."""

    place: int
    question: str
    values: tuple[Any, ...]
    cost: Callable[[str], int]


def clues_of(clues: Clues, names: Iterable[str]) -> tuple[Clue, ...]:
    """The clues of a question, with its words as `names`."""
    numbers = [(Sort.PHONE, clues.phone), *((Sort.BORN, f"{day:%Y%m%d}") for day in clues.born)]
    apart = ([(Sort.POSTCODE, clues.postcode)], [(Sort.EMAIL, clues.email)])
    groups = [numbers, *apart] if clues.phone else [numbers[:1], numbers[1:], *apart]
    keys = (tuple((str(sort), word) for sort, word in group if word) for group in groups)
    return (*(Clue(keys=some) for some in keys if some), *(Clue(word=name) for name in names))


class Matching:
    """One question's way through the bands."""

    def __init__(self, connection: Connection, clues: Sequence[Clue], limit: int) -> None:
        self._connection = connection
        self._clues = clues
        self._limit = limit
        self._own: list[Hits] = [{} for _ in clues]

    def ranked(self) -> list[tuple[Rank, list[int]]]:
        """People by rank, best first; as many as the limit if there are so many."""
        found = self._widened(self._named, families=True)
        if len(found) < self._limit:
            found |= self._widened(self._sounding, families=False)
        if len(found) < self._limit:
            found |= self._widened(self._slipped, families=True)
        buckets: defaultdict[Rank, list[int]] = defaultdict(list)
        for person, rank in found.items():
            buckets[rank].append(person)
        return sorted(buckets.items())

    def _widened(self, probes: Callable[[], Sequence[_Probe]], *, families: bool) -> dict[int, Rank]:
        self._take(probes())
        found = self._all_own()
        return found | self._through_others(found) if families and len(found) < self._limit else found

    # -- what each clue finds ----------------------------------------------------------------------------------------

    def _take(self, probes: Sequence[_Probe]) -> None:
        """Ask for all of them at once; what was met better before stays so."""
        if not probes:
            return
        question, values = together([(probe.question, (n, *probe.values)) for n, probe in enumerate(probes)])
        costed: list[tuple[int, int, str]] = []
        for number, word, people in asked(self._connection, question, values):
            probe = probes[number]
            costed.append((probe.cost(word), probe.place, people))
        fresh: list[Hits] = [{} for _ in self._clues]
        for cost, place, people in sorted(costed, key=lambda one: -one[0]):
            fresh[place].update(dict.fromkeys(map(int, people.split(",")), cost))
        self._own = [new | before for new, before in zip(fresh, self._own, strict=True)]

    def _named(self) -> list[_Probe]:
        probes: list[_Probe] = []
        for place, clue in enumerate(self._clues):
            for sort, word in clue.keys:
                probes.append(_within(place, sort, word, _by_word(word, SAME, BEGINS)))
            if clue.word:
                word = clue.word
                probes.append(_within(place, Sort.NAME, word, _by_word(word, SAME, BEGINS)))
                probes.append(_within(place, Sort.OTHER_NAME, word, _by_word(word, OTHER, OTHER + 1)))
                if names := nicknames(word):
                    probes.append(_Probe(place, _LISTED, (list(names), str(Sort.NAME)), lambda _: OTHER))
        return probes

    def _sounding(self) -> list[_Probe]:
        return [
            _within(place, Sort.SOUND, sound(clue.word) + BETWEEN, _by_slips(clue.word))
            for place, clue in enumerate(self._clues)
            if len(clue.word) >= SOUND_FROM and sound(clue.word)
        ]

    def _slipped(self) -> list[_Probe]:
        """Words one letter off; the last one typed may be a beginning still."""
        probes: list[_Probe] = []
        for place, clue in enumerate(self._clues):
            if len(clue.word) < SPELLING_FROM:
                continue
            slips = one_letter_off(clue.word)
            begun = place == len(self._clues) - 1 and len(clue.word) >= BEGINNING_FROM
            for sort in (Sort.NAME, Sort.OTHER_NAME):
                listed = (sorted(slips), str(sort))
                question, values = (_BEGUN, (*listed, _LAST)) if begun else (_LISTED, listed)
                probes.append(_Probe(place, question, values, _by_slip(slips)))
        return probes

    # -- who meets them all ------------------------------------------------------------------------------------------

    def _all_own(self) -> dict[int, Rank]:
        fewest, *others = sorted(self._own, key=len)
        if not others:
            return {person: _rank((cost,)) for person, cost in fewest.items()}
        people = set(fewest).intersection(*others)
        return {person: _rank(tuple(hits[person] for hits in self._own)) for person in people}

    def _through_others(self, found: dict[int, Rank]) -> dict[int, Rank]:
        """Those whose town, or whose child, meets a clue that they do not meet themselves.

        Each of them meets the clue that fewest people meet, or a child of theirs does, or it names their town.
        """
        fewest = min(range(len(self._own)), key=lambda place: len(self._own[place]))
        few = set(self._own[fewest])
        if len(few) > MOST_TIES or not any(clue.in_family or clue.word for clue in self._clues):
            return {}
        few |= self._in_town(fewest).keys()
        few |= {adult for adult, _ in self._ties(_ADULTS_OF, few)}
        kids: defaultdict[int, list[int]] = defaultdict(list)
        for adult, child in self._ties(_CHILDREN_OF, few):
            kids[adult].append(child)
        towns = [self._living(place, few) for place in range(len(self._clues))]
        people = (kids.keys() | set[int]().union(*towns)) - found.keys()
        ranked = ((person, self._costs(person, towns, kids.get(person, ()))) for person in people)
        return {person: _rank(costs) for person, costs in ranked if max(costs) < _NEVER and set(costs) != {TOWN}}

    def _costs(self, person: int, towns: Sequence[Hits], children: Sequence[int]) -> tuple[int, ...]:
        costs = []
        for clue, hits, town in zip(self._clues, self._own, towns, strict=True):
            cost = min(hits.get(person, _NEVER), town.get(person, _NEVER))
            if clue.in_family:
                for child in children:
                    cost = min(cost, _through_family(hits.get(child, _NEVER)))
            costs.append(cost)
        return tuple(costs)

    def _in_town(self, place: int) -> Hits:
        """Of those who meet all other clues, and their adults: whose town this clue names."""
        rest = [hits.keys() for other, hits in enumerate(self._own) if other != place]
        word = self._clues[place].word
        if not rest or not word or not asked(self._connection, _IS_TOWN, (word, word + _LAST)):
            return {}
        others = set(rest[0]).intersection(*rest[1:])
        if len(others) > MOST_TIES:
            return {}
        return self._living(place, others | {adult for adult, _ in self._ties(_ADULTS_OF, others)})

    def _living(self, place: int, people: set[int]) -> Hits:
        """Of these people, whose town the clue names; a town alone finds nobody."""
        word = self._clues[place].word
        if not word or not people or len(self._clues) == 1:
            return {}
        rows = asked(self._connection, _TOWNS, (word, word + _LAST, sorted(people)))
        return {person: TOWN for _, person in rows}

    def _ties(self, question: str, people: Collection[int]) -> list[tuple[int, int]]:
        return asked(self._connection, question, [sorted(people)]) if people else []


_NEVER = 1_000


@lru_cache(maxsize=10_000)
def _rank(costs: tuple[int, ...]) -> Rank:
    return max(costs) // 10, sum(costs)


def _through_family(cost: int) -> int:
    """Through a child who meets the clue by name; by sound or a slip it is the last of those."""
    if cost >= _NEVER:
        return _NEVER
    return FAMILY + cost // 10 if cost < SOUND else cost // 10 * 10 + 9


def _within(place: int, sort: str, beginning: str, cost: Callable[[str], int]) -> _Probe:
    return _Probe(place, _RANGE, (str(sort), beginning, beginning + _LAST), cost)


def _by_word(typed: str, same: int, begins: int) -> Callable[[str], int]:
    return lambda word: same if word == typed else begins


def _by_slips(typed: str) -> Callable[[str], int]:
    return lambda word: SOUND + slips_between(typed, word.partition(BETWEEN)[2])


def _by_slip(slips: frozenset[str]) -> Callable[[str], int]:
    return lambda word: SPELLING if word in slips else SPELLING + 1
