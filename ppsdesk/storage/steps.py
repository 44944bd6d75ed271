"""Next steps in, next steps out, with their numbered attempts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, delete, func, insert, or_, select

from ppsdesk.domain.codes import AttemptResult, StepKind, StepState
from ppsdesk.domain.errors import Conflict, Refused
from ppsdesk.domain.people import PersonFacts
from ppsdesk.domain.steps import Attempt, NewStep, Step, StepFacts
from ppsdesk.storage import audit
from ppsdesk.storage.keyed import KeyedTable
from ppsdesk.storage.people_rows import PersonRow
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.rows import CallRow, NextStepRow, StepAttemptRow

STEP: Table = NextStepRow.__table__  # type: ignore[assignment]
ATTEMPT: Table = StepAttemptRow.__table__  # type: ignore[assignment]
CALL: Table = CallRow.__table__  # type: ignore[assignment]
PERSON: Table = PersonRow.__table__  # type: ignore[assignment]
KEYED = KeyedTable(STEP, "This next step is not on record any more.", later=("ended_at",))
FACTS = tuple(field.name for field in fields(StepFacts))


class StepRepository:
    """The next steps, on one unit of work's connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # -- writing ---------------------------------------------------------------------------------------------------

    def add_once(self, step: NewStep, *, asked_at: datetime) -> int:
        """Add the step, or find that one of this key is there already; its id either way.

        Where the answer to an earlier save was lost, what was said since goes into that same step; `Conflict` when
        somebody changed it meanwhile. `Refused` when its call or person is not on record.
        """
        values = {
            **_values(step),
            "key": step.key,
            "version": 1,
            "state": StepState.OPEN.value,
            "call_id": self._id_of(CALL, step.call, "call"),
            "person_id": self._id_of(PERSON, step.person, "person"),
            "asked_at": asked_at,
        }
        added = KEYED.add_once(self._connection, values)
        if added is not None:
            return added
        kept = self.get(step.key)
        if _values(kept) != _values(step):
            self.amend(step.key, 1, step)
        return kept.id

    def amend(self, key: UUID, version: int, facts: StepFacts) -> Step:
        """Change what was written down. `Conflict` (with the step as it now is) when somebody changed it since."""
        return self._update(key, version, _values(facts))

    def put(self, key: UUID, version: int, state: StepState, at: datetime) -> Step:
        """Say where the step stands: ended at that moment, or open again."""
        return self._update(key, version, {"state": state.value, "ended_at": None if state is StepState.OPEN else at})

    def add_attempt(self, key: UUID, version: int, *, at: datetime, by: str, result: AttemptResult, note: str) -> Step:
        """Write down one more attempt under the next number; one that reached them ends the step.

        An attempt is added and changes nothing else, so two people who tried at once are both written down; a step
        that was changed or ended since it was read is a `Conflict`.
        """
        step = self._locked(key)
        if step.version != version or step.state is not StepState.OPEN:
            raise self._changed(step)
        values = {"step_id": step.id, "at": at, "made_by": by, "result": result.value, "note": note}
        self._connection.execute(insert(ATTEMPT), {**values, "number": len(step.attempts) + 1})
        return self.put(key, version, StepState.DONE, at) if result is AttemptResult.REACHED else self.get(key)

    def take_back_attempt(self, key: UUID, version: int, number: int) -> Step:
        """Take back the last attempt, and the end of the step it brought. `Conflict` when it is the last no more."""
        step = self._locked(key)
        if step.version != version or number < 1 or number != len(step.attempts):
            raise self._changed(step)
        self._connection.execute(delete(ATTEMPT).where(ATTEMPT.c.step_id == step.id, ATTEMPT.c.number == number))
        reopened = step.attempts[-1].result is AttemptResult.REACHED
        return self.put(key, version, StepState.OPEN, step.asked_at) if reopened else self.get(key)

    # -- reading ---------------------------------------------------------------------------------------------------

    def get(self, key: UUID) -> Step:
        """One step. `NotFound` when there is none."""
        found = self._read(STEP.c.key == key)
        if not found:
            raise KEYED.not_there()
        return found[0]

    def due(self, *, owner: str | None = None, until: date | None = None) -> tuple[Step, ...]:
        """Open steps up to that day, of one owner ("": nobody was named) or of all; None is no limit.

        In the order of the day, of the caller's time window, and of the asking. The steps of a call that was removed
        as entered by mistake are not among them.
        """
        wanted = [STEP.c.state == StepState.OPEN.value, or_(CALL.c.id.is_(None), CALL.c.removed_at.is_(None))]
        if owner is not None:
            wanted.append(STEP.c.owner == owner)
        if until is not None:
            wanted.append(STEP.c.due_on <= until)
        return self._read(and_(*wanted))

    def of_call(self, call_id: int) -> tuple[Step, ...]:
        """Every step of a call, ended ones too."""
        return self._read(STEP.c.call_id == call_id)

    def of_person(self, person: UUID) -> tuple[Step, ...]:
        """Every step for a person, or of a call they made, ended ones too."""
        return self._read(PERSON.c.key == person)

    def reached(self, start: datetime, end: datetime) -> tuple[Step, ...]:
        """Call-backs that reached the caller at an instant in [start, end)."""
        by_then = select(ATTEMPT.c.step_id).where(
            ATTEMPT.c.result == AttemptResult.REACHED.value, ATTEMPT.c.at >= start, ATTEMPT.c.at < end
        )
        kept = or_(CALL.c.id.is_(None), CALL.c.removed_at.is_(None))
        return self._read(and_(STEP.c.kind == StepKind.CALL_BACK.value, kept, STEP.c.id.in_(by_then)))

    # -- inside ----------------------------------------------------------------------------------------------------

    def _id_of(self, table: Table, key: UUID | None, what: str) -> int | None:
        if key is None:
            return None
        found = self._connection.execute(select(table.c.id).where(table.c.key == key)).scalar()
        if found is None:
            raise Refused(f"The {what} this next step belongs to is not on record.", hint="Nothing was saved.")
        return int(found)

    def _locked(self, key: UUID) -> Step:
        """The step, which nobody else can add an attempt to until this job is over."""
        # SQLite has no such lock and needs none: its one writer holds the file
        self._connection.execute(select(STEP.c.id).where(STEP.c.key == key).with_for_update()).first()
        return self.get(key)

    def _update(self, key: UUID, version: int, values: dict[str, Any]) -> Step:
        """The one way a step is changed: only at the version it was read at."""
        if not KEYED.change(self._connection, key, version, values):
            raise self._changed(self.get(key))
        return self.get(key)

    def _changed(self, theirs: Step) -> Conflict:
        who = audit.last_person(self._connection, (STEP.name, ATTEMPT.name), theirs.id) or "Somebody"
        return Conflict(
            f"{who} changed this next step while you had it open.",
            hint="Nothing was saved. Look at how it stands now, then do it again.",
            theirs=theirs,
        )

    @stored_values()
    def _read(self, wanted: ColumnElement[bool]) -> tuple[Step, ...]:
        attempts = self._attempts(_chosen(STEP.c.id).where(wanted))
        found = self._connection.execute(_chosen(*_SHOWN).where(wanted).order_by(*_ORDER))
        return tuple(_step(row, attempts.get(row.id, ())) for row in found)

    def _attempts(self, ids: Select[Any]) -> dict[int, tuple[Attempt, ...]]:
        question = select(ATTEMPT).where(ATTEMPT.c.step_id.in_(ids)).order_by(ATTEMPT.c.step_id, ATTEMPT.c.number)
        found: dict[int, tuple[Attempt, ...]] = {}
        for row in self._connection.execute(question):
            attempt = Attempt(
                number=row.number, at=row.at, by=row.made_by, result=AttemptResult(row.result), note=row.note
            )
            found[row.step_id] = (*found.get(row.step_id, ()), attempt)
        return found


_SHOWN = (STEP, PERSON.c.key.label("person"), PERSON.c.given_names, PERSON.c.family_name, PERSON.c.known_as,
          CALL.c.caller_name, CALL.c.reference)  # fmt: skip
_WINDOW = func.coalesce(STEP.c.not_before, STEP.c.not_after)
_ORDER = (STEP.c.due_on, _WINDOW.nulls_last(), STEP.c.asked_at, STEP.c.id)


def _chosen(*columns: Any) -> Select[Any]:
    """Steps with their call and their person: who was named, else who made the call, perhaps attached later."""
    who = PERSON.c.id == func.coalesce(STEP.c.person_id, CALL.c.caller_id)
    return select(*columns).select_from(
        STEP.outerjoin(CALL, CALL.c.id == STEP.c.call_id).outerjoin(PERSON, who)  # all steps, whoever they are for
    )


def _values(facts: StepFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in FACTS} | {"kind": facts.kind.value}


def _step(row: Row[Any], attempts: Iterable[Attempt]) -> Step:
    return Step(
        id=row.id,
        key=row.key,
        version=row.version,
        kind=StepKind(row.kind),
        state=StepState(row.state),
        due_on=row.due_on,
        owner=row.owner,
        words=row.words,
        not_before=row.not_before,
        not_after=row.not_after,
        phone=row.phone,
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        call_id=row.call_id,
        person=row.person,
        caller=_caller(row),
        attempts=tuple(attempts),
    )


def _caller(row: Row[Any]) -> str:
    if row.person is None:
        return row.caller_name or row.reference or ""
    return PersonFacts(given_names=row.given_names, family_name=row.family_name, known_as=row.known_as).name
