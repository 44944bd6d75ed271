"""Invented calls to practise on, of invented families where there are some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from ppsdesk.domain.calendar import instant_of, whole_minutes
from ppsdesk.domain.calls import NAME_LIMIT, ChildStage, NewCall
from ppsdesk.domain.codes import Direction, PersonKind
from ppsdesk.domain.people import NewPerson
from ppsdesk.domain.practice_families import PracticeWorld
from ppsdesk.domain.practice_names import FIRST, PracticeNames
from ppsdesk.domain.references import reference_for
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary
from ppsdesk.domain.words import together

STAFF = ("Hana Helpline", "Priya Practice", "Sam Sample", "Cora Coordinator")
ASKED = ("Asked about", "Worried about", "Wants to know the next step on", "Rang back about", "Letter received about")
DONE = ("explained the time limits.", "sent the factsheet.", "will talk to the school first.", "talked it through.",
        "suggested writing to the council.", "will ring again after the meeting.")  # fmt: skip
# how busy each month is, January first; hardly anybody rings in August
BUSY = (10, 9, 11, 7, 9, 10, 6, 2, 10, 9, 11, 6)
PROFESSIONALS = frozenset({"SCHOOL", "LA", "HEALTH", "SOCIAL", "VOL", "OTHERPRO"})
MISSING = 0.12  # share of calls with something left to complete
MOVED_ON = 0.15  # share of calls at which a child is at another stage than the call before


@dataclass
class PracticeCalls:
    """An endless supply of invented calls, the same for the same seed."""

    lists: Vocabularies
    seed: int
    world: PracticeWorld | None = None
    _random: Random = field(init=False)
    _offers: dict[tuple[Vocabulary, date], tuple[Term, ...]] = field(init=False, default_factory=dict)
    _stages: dict[UUID, TermCode] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311  # practice data wants to be repeatable, not secret
        self._names = PracticeNames(self._random)

    def year(self, last: date, count: int, latest: datetime) -> Iterator[NewCall]:
        """`count` calls in the 365 days up to and including `last`, in order of their days; none after `latest`."""
        days = [last - timedelta(days=n) for n in range(364, -1, -1)]
        weights = [BUSY[day.month - 1] * (1 if day.weekday() < 5 else 0.05) for day in days]
        for day in sorted(self._random.choices(days, weights, k=count)):
            yield self._call(day, latest)

    def _call(self, day: date, latest: datetime) -> NewCall:
        minutes = min(60, max(1, round(self._random.lognormvariate(2.0, 0.7))))
        started = instant_of(day, time(self._random.randint(9, 16), self._random.randint(0, 59)))
        # a call of today is over by now, and still of today
        started = max(min(started, latest - timedelta(minutes=minutes)), instant_of(day, time.min))
        ended = max(started, min(started + timedelta(minutes=minutes), latest))
        method = self._one(Vocabulary.METHOD, day, (8, 3, 2, 3, 1))
        kind = self._one(Vocabulary.CALLER_KIND, day, (60, 8, 4, 1, 2, 10, 5, 4, 2, 2, 1, 1))
        anonymous = kind.code == "ANON"
        topics = self._several(Vocabulary.TOPIC, day, (1, 1, 1, 2, 2, 3))
        call = NewCall(
            key=UUID(int=self._random.getrandbits(128), version=4),
            caller_kind=kind.code,
            topics=topics,
            line=self._line(day),
            taken_on=day,
            method=method.code,
            direction=Direction.OUT if method.direction == "out" else Direction.IN,
            started_at=started,
            ended_at=ended,
            minutes=whole_minutes(started, ended),
            anonymous=anonymous,
            caller_name="" if anonymous else self._name(),
            phone="" if anonymous else f"07700 900{self._random.randint(0, 999):03}",
            child_name="" if anonymous or self._random.random() < 0.2 else self._name(),
            stages=(self._one(Vocabulary.STAGE, day).code,) if self._there() else (),
            advice=self._several(Vocabulary.ADVICE, day, (1, 1, 2)) if self._there() else (),
            level=self._one(Vocabulary.LEVEL, day, (70, 20, 8, 2)).code if self._there() else None,
            outcome=self._one(Vocabulary.OUTCOME, day, (40, 30)).code if self._there() else None,
            how_heard=self._one(Vocabulary.HOW_HEARD, day).code if self._random.random() < 0.6 else None,
            notes=self._notes(day, topics),
            taken_by=self._random.choice(STAFF),
        )
        return self._of_somebody(call) if self.world else call

    def _of_somebody(self, call: NewCall) -> NewCall:
        """The call made by somebody of the invented families, or by one of their professionals."""
        world = self.world
        assert world is not None
        if call.anonymous:
            return replace(call, reference=reference_for(call.key))
        if call.caller_kind in PROFESSIONALS:
            return _by(self._random.choice(world.professionals), call)
        # a few ring often, most once or twice
        family = world.families[min(int(self._random.expovariate(4) * len(world.families)), len(world.families) - 1)]
        adult = self._random.choice(family.adults)
        kind = TermCode("YP") if adult.kind is PersonKind.CHILD else call.caller_kind
        children = () if self._random.random() < 0.1 else tuple(self._random.sample(family.children, 1))
        if len(family.children) > 1 and self._random.random() < 0.15:
            children = family.children
        asked = children if call.stages else ()
        return replace(
            _by(adult, call),
            caller_kind=kind,
            area=adult.area,
            children=tuple(child.key for child in children),
            child_name=together([child.name for child in children], NAME_LIMIT),
            not_one_child=not children,
            stages=() if children else call.stages,
            child_stages=tuple(ChildStage(child=one.key, stage=self._stage(one.key, call)) for one in asked),
            organisations=(family.schools[0],) if self._random.random() < 0.3 else (),
        )

    def _stage(self, child: UUID, call: NewCall) -> TermCode:
        """The stage the child was at when last asked; now and then another, as for a child one hears of first."""
        kept = self._stages.get(child)
        offered = self._offered(Vocabulary.STAGE, call.taken_on)
        if kept is None or self._random.random() < MOVED_ON or all(term.code != kept for term in offered):
            kept = self._stages[child] = self._one(Vocabulary.STAGE, call.taken_on).code
        return kept

    def _there(self) -> bool:
        return self._random.random() > MISSING

    def _offered(self, vocabulary: Vocabulary, day: date) -> tuple[Term, ...]:
        # lists change with the law, not from day to day: asked once a month
        month = (vocabulary, day.replace(day=1))
        if month not in self._offers:
            self._offers[month] = self.lists.offered(vocabulary, on=day)
        return self._offers[month]

    def _one(self, vocabulary: Vocabulary, day: date, weights: Sequence[int] = ()) -> Term:
        offered = self._offered(vocabulary, day)
        full = [*weights, *([1] * len(offered))][: len(offered)]
        return self._random.choices(offered, full)[0]

    def _several(self, vocabulary: Vocabulary, day: date, how_many: Sequence[int]) -> tuple[TermCode, ...]:
        chosen = self._random.sample(self._offered(vocabulary, day), self._random.choice(how_many))
        return tuple(term.code for term in chosen)

    def _line(self, day: date) -> TermCode:
        """Area lines are staffed in term time; the central one all year."""
        lines = self._offered(Vocabulary.LINE, day)
        if day.month == 8:
            return lines[0].code
        return self._random.choices(lines, [5, *([2] * (len(lines) - 1))])[0].code

    def _name(self) -> str:
        return f"{self._random.choice(FIRST)} {self._names.plain()}"

    def _notes(self, day: date, topics: tuple[TermCode, ...]) -> str:
        label = self.lists.label(Vocabulary.TOPIC, topics[0])
        return f"{self._random.choice(ASKED)} {label[:1].lower()}{label[1:]}; {self._random.choice(DONE)}"


def _by(person: NewPerson, call: NewCall) -> NewCall:
    phone = person.phones[0].value if person.phones else ""
    return replace(call, caller=person.key, caller_name=person.name, phone=phone, child_name="")
