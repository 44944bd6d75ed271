"""Next steps: what is due, who does it, and each attempt to reach somebody."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ppsdesk.domain.calendar import Clock, bounds, long_day
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.codes import AttemptResult, StepState
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.people import unfit
from ppsdesk.domain.periods import Span
from ppsdesk.domain.steps import WORDS_LIMIT, NewStep, Step, StepFacts, check_step, facts_of_step
from ppsdesk.storage.work import Storage

TOUCHED = frozenset({Topic.STEPS})


class StepDesk:
    """What the helpline does with next steps.

    Every change is undone by another: `finish`, `give_up` by `reopen`; `attempt` by `take_back_attempt`; `amend` and
    `hand_over` by doing them with what was there before. All raise `Conflict`, holding the step as it now is, when
    somebody changed it since `version` was read, and `NotFound` where there is none.
    """

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    # -- reading ---------------------------------------------------------------------------------------------------

    def due(self, owner: str | None, until: date) -> tuple[Step, ...]:
        """Open steps up to that day, of one owner ("": nobody was named yet) or, with None, of all: by day, the
        caller's time window, and when it was asked for."""
        with self._storage.reading() as work:
            return work.steps.due(owner=owner, until=until)

    def open_steps(self, owner: str | None = None) -> tuple[Step, ...]:
        """Every open step, however far ahead."""
        with self._storage.reading() as work:
            return work.steps.due(owner=owner)

    def of_call(self, call_id: int) -> tuple[Step, ...]:
        """Every step of a call, ended ones too."""
        with self._storage.reading() as work:
            return work.steps.of_call(call_id)

    def of_person(self, person: UUID) -> tuple[Step, ...]:
        """Every step for a person, or of a call they made, ended ones too."""
        with self._storage.reading() as work:
            return work.steps.of_person(person)

    def reached(self, span: Span) -> tuple[Step, ...]:
        """Call-backs that reached the caller on these days: what the median wait is of."""
        with self._storage.reading() as work:
            return work.steps.reached(*bounds(span.first, span.last))

    def get(self, key: UUID) -> Step:
        """One step."""
        with self._storage.reading() as work:
            return work.steps.get(key)

    # -- changing --------------------------------------------------------------------------------------------------

    def add(self, step: NewStep) -> Done[Step]:
        """Add a step; doing it twice with the same key leaves one. Raises `Invalid` with words for each field."""
        check_step(step)
        with self._storage.writing() as work:
            work.steps.add_once(step, asked_at=self._clock())
            added = work.steps.get(step.key)
            work.commit()
        return Done(added, TOUCHED, said=f"{added.kind.label} on {long_day(added.due_on)}.")

    def amend(self, key: UUID, version: int, facts: StepFacts) -> Done[Step]:
        """Change what was written down. Raises `Invalid` with words for each field."""
        return self._amend(key, version, facts, "Next step changed.")

    def hand_over(self, key: UUID, version: int, owner: str) -> Done[Step]:
        """Give the step to somebody else; "" to nobody in particular."""
        facts = facts_of_step(self.get(key), owner=owner)
        return self._amend(key, version, facts, f"Handed over to {owner}." if owner else "Handed back: nobody named.")

    def attempt(self, key: UUID, version: int, result: AttemptResult, note: str = "") -> Done[Step]:
        """Write down an attempt to reach them, under the next number; one that reached them ends the step.

        Attempts of two people at the same moment are both kept.
        """
        if trouble := unfit("Note", note, WORDS_LIMIT):
            raise Invalid({"note": trouble})
        with self._storage.writing() as work:
            step = work.steps.add_attempt(key, version, at=self._clock(), by=work.person, result=result, note=note)
            work.commit()
        return Done(step, TOUCHED, said=f"Attempt {len(step.attempts)}: {result.label.lower()}.")

    def take_back_attempt(self, key: UUID, version: int, number: int) -> Done[Step]:
        """Take back the attempt of that number, if it is the last one; one that ended the step opens it again."""
        with self._storage.writing() as work:
            step = work.steps.take_back_attempt(key, version, number)
            work.commit()
        return Done(step, TOUCHED, said=f"Attempt {number} taken back.")

    def finish(self, key: UUID, version: int) -> Done[Step]:
        """It is done."""
        return self._put(key, version, StepState.DONE, "Next step done.")

    def give_up(self, key: UUID, version: int) -> Done[Step]:
        """It will not be done, after however many attempts."""
        step = self._put(key, version, StepState.GIVEN_UP, "")
        tries = len(step.value.attempts)
        said = f"Given up after {tries} {'attempt' if tries == 1 else 'attempts'}." if tries else "Given up."
        return Done(step.value, TOUCHED, said=said)

    def reopen(self, key: UUID, version: int) -> Done[Step]:
        """Undo an end: it is to be done after all."""
        return self._put(key, version, StepState.OPEN, "Next step open again.")

    def _amend(self, key: UUID, version: int, facts: StepFacts, said: str) -> Done[Step]:
        check_step(facts)
        with self._storage.writing() as work:
            step = work.steps.amend(key, version, facts)
            work.commit()
        return Done(step, TOUCHED, said=said)

    def _put(self, key: UUID, version: int, state: StepState, said: str) -> Done[Step]:
        with self._storage.writing() as work:
            step = work.steps.put(key, version, state, self._clock())
            work.commit()
        return Done(step, TOUCHED, said=said)
