"""Desks that save while the server goes down again and again: `python -m tests.harness.restarts --restarts 30`.

Each desk takes calls that bring a new caller, links and a next step with them. Where it is not told that one is saved,
it saves the same one again, with the same keys, until it is. What a desk meant is marked in the notes of its call, so
that a call that is there twice is found whatever its keys are.

Every other desk works through a bad network, which before each restart loses the server's answer to one COMMIT: a
restart alone seldom falls between the two.
"""

from __future__ import annotations

import argparse
import logging
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from time import monotonic
from uuid import uuid4

from sqlalchemy import Connection, Engine, func, select

from ppsdesk.domain.calls import NewCall
from ppsdesk.domain.codes import StepKind
from ppsdesk.domain.errors import StorageUnavailable
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.steps import NewStep
from ppsdesk.services.calls import CallDesk
from ppsdesk.storage import opening
from ppsdesk.storage.people_rows import ContactPointRow, PersonRow
from ppsdesk.storage.rows import AuditEntryRow, CallRow, NextStepRow
from ppsdesk.storage.work import Storage, plain_errors
from tests import postgres
from tests.builders import NOW, TODAY, a_person, a_phone
from tests.harness.checking import troubles
from tests.harness.own_server import own_server, sign_in
from tests.harness.proxy import COMMIT, Proxy, bad_network
from tests.harness.writer import a_full_call

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Taken:
    """One call as it was taken, with what it brings: eight rows that belong together."""

    mark: str
    call: NewCall
    intake: Intake

    def under_new_keys(self) -> Taken:
        """The same once more, so that nobody can know it again."""
        [caller], step = self.intake.people, self.intake.step
        assert step is not None
        caller = replace(caller, key=uuid4(), contacts=(a_phone(),))
        call = replace(self.call, key=uuid4(), caller=caller.key)
        return Taken(self.mark, call, Intake(people=(caller,), step=replace(step, key=uuid4())))


def taken(mark: str) -> Taken:
    """A call of somebody new, to be rung back."""
    caller = a_person(given_names=mark)
    call = replace(a_full_call(), notes=mark, caller=caller.key)
    return Taken(mark, call, Intake(people=(caller,), step=NewStep(key=uuid4(), kind=StepKind.CALL_BACK, due_on=TODAY)))


Acknowledge = Callable[[], None]
Manner = Callable[[Storage, Taken, Acknowledge], None]


def as_a_desk_does(storage: Storage, one: Taken, acknowledge: Acknowledge) -> None:
    """The real thing."""
    CallDesk(storage, lambda: NOW).log(one.call, one.intake)
    acknowledge()


def under_new_keys(storage: Storage, one: Taken, acknowledge: Acknowledge) -> None:
    """A faulty desk: what it saves again it takes for a new call."""
    as_a_desk_does(storage, one.under_new_keys(), acknowledge)


def too_early(storage: Storage, one: Taken, acknowledge: Acknowledge) -> None:
    """A faulty desk: it says “saved” before the database does."""
    with storage.writing() as work:
        work.people.add_once(one.intake.people[0], recorded_at=NOW)
        work.calls.add_once(one.call, recorded_at=NOW)
        assert one.intake.step is not None
        work.steps.add_once(replace(one.intake.step, call=one.call.key), asked_at=NOW)
        acknowledge()
        work.commit()


def in_two_steps(storage: Storage, one: Taken, acknowledge: Acknowledge) -> None:
    """A faulty desk: the call in one transaction, its next step in another."""
    CallDesk(storage, lambda: NOW).log(one.call, replace(one.intake, step=None))
    acknowledge()
    with storage.writing() as work:
        assert one.intake.step is not None
        work.steps.add_once(replace(one.intake.step, call=one.call.key), asked_at=NOW)
        work.commit()


MANNERS: dict[str, Manner] = {
    "as-a-desk-does": as_a_desk_does,
    "under-new-keys": under_new_keys,
    "too-early": too_early,
    "in-two-steps": in_two_steps,
}


class Writer(threading.Thread):
    """Takes and saves calls until it is stopped and the call at hand is saved. `fault` is what it did not survive."""

    def __init__(self, name: str, address: str, manner: Manner, stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self._storage = sign_in(address)
        self._manner = manner
        self._stop_it = stop
        self.saved: set[str] = set()
        self.tried_again = 0
        self.there_already = 0
        self.longest = 0.0
        self.fault: BaseException | None = None

    def run(self) -> None:
        """Save one after another."""
        try:
            while not self._stop_it.is_set():
                self._save(taken(f"{self.name} {len(self.saved)}"))
        except BaseException as fault:  # noqa: BLE001  # reported by whoever started the thread
            self.fault = fault
        finally:
            self._storage.close()

    def _save(self, one: Taken) -> None:
        begun = monotonic()
        while one.mark not in self.saved:
            try:
                self._manner(self._storage, one, lambda: self.saved.add(one.mark))
            except StorageUnavailable:
                self._wait_and_look(one)
        self.longest = max(self.longest, monotonic() - begun)

    def _wait_and_look(self, one: Taken) -> None:
        """For the report only: whether what nobody acknowledged had been kept."""
        if one.mark in self.saved:
            return
        self.tried_again += 1
        while True:
            threading.Event().wait(0.05)
            try:
                with plain_errors(), self._storage.engine.connect() as connection:
                    self.there_already += bool(_of(connection, one.mark))
                    return
            except StorageUnavailable:
                continue


def _of(connection: Connection, mark: str) -> int:
    return connection.execute(select(func.count()).select_from(CallRow).where(CallRow.notes == mark)).scalar_one()


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in one run."""

    restarts: int
    writers: int
    saved: int
    tried_again: int
    there_already: int
    longest: float
    seconds: float
    found: tuple[str, ...]

    def lost_twice_half(self) -> tuple[int, int, int]:
        """How many of each trouble."""
        kinds = Counter(words.split(":")[0] for words in self.found)
        return kinds.pop("lost", 0), kinds.pop("twice", 0), kinds.total()

    def told(self) -> str:
        """In one line."""
        lost, twice, half = self.lost_twice_half()
        return (
            f"{self.restarts} immediate restarts under {self.writers} writers in {self.seconds:.0f} s:"
            f" {self.saved} acknowledged, {lost} lost, {twice} twice, {half} half written;"
            f" {self.tried_again} saves without an answer, of which {self.there_already} had been kept and were found;"
            f" the longest save took {self.longest:.1f} s"
        )


def run(
    server: postgres.Server,
    address: str,
    *,
    writers: int,
    restarts: int,
    manner: Manner = as_a_desk_does,
    seed: int = 1,
) -> Figures:
    """Restart the server so often while so many desks save; what is found in the database afterwards."""
    begun = monotonic()
    with bad_network(server) as network:
        url = opening.read_address(address)
        ways = address, network.address(url.database or "", url.username or "")
        desks = _work(server, network, ways, writers=writers, restarts=restarts, manner=manner, seed=seed)
    saved = {mark for desk in desks for mark in desk.saved}
    looking = sign_in(address)
    try:
        found = (*everything_wrong(looking.engine, saved),)
    finally:
        looking.close()
    return Figures(
        restarts=restarts,
        writers=writers,
        saved=len(saved),
        tried_again=sum(desk.tried_again for desk in desks),
        there_already=sum(desk.there_already for desk in desks),
        longest=max(desk.longest for desk in desks),
        seconds=monotonic() - begun,
        found=found,
    )


def _work(
    server: postgres.Server, network: Proxy, ways: Sequence[str], *,
    writers: int, restarts: int, manner: Manner, seed: int,
) -> list[Writer]:  # fmt: skip
    """Let them work through it; the desks, all at an end."""
    chance, stop, run_number = Random(seed), threading.Event(), uuid4().hex[:8]
    desks = [Writer(f"{run_number} desk {n}", ways[n % len(ways)], manner, stop) for n in range(writers)]
    for desk in desks:
        desk.start()
    for _ in range(restarts):
        _until_busy(desks)
        cuts = network.cuts
        network.lose_the_answer_to(COMMIT)
        _until(lambda cuts=cuts: network.cuts > cuts, "no answer was lost")
        _until_busy(desks)
        threading.Event().wait(chance.uniform(0, 0.3))
        server.restart("immediate")
    _until_busy(desks)
    stop.set()
    for desk in desks:
        desk.join(PATIENCE)
    faults = [desk.fault or "it never ended" for desk in desks if desk.fault or desk.is_alive()]
    if faults:
        raise RuntimeError(f"desks failed by themselves: {faults}")
    return desks


def _until_busy(desks: Sequence[Writer]) -> None:
    """Until every desk has saved something since."""
    before = [len(desk.saved) for desk in desks]
    pairs = list(zip(desks, before, strict=True))
    _until(lambda: all(len(desk.saved) > was or not desk.is_alive() for desk, was in pairs), "a desk saves nothing")


def _until(holds: Callable[[], bool], otherwise: str) -> None:
    until = monotonic() + PATIENCE
    while not holds():
        if monotonic() > until:
            raise RuntimeError(otherwise)
        threading.Event().wait(0.02)


def everything_wrong(engine: Engine, marks: Iterable[str]) -> list[str]:
    """As `troubles`, and: each mark once, and with each call its caller, their phone and the next step, once each."""
    wrong = troubles(engine, ())
    with engine.connect() as connection:
        marked = Counter(connection.execute(select(CallRow.notes)).scalars())
        wrong += [f"lost: {mark}" for mark in marks if not marked[mark]]
        wrong += [f"twice: {mark}" for mark, times in marked.items() if times > 1]
        callers = Counter(connection.execute(select(CallRow.caller_id)).scalars())
        calls = Counter(connection.execute(select(CallRow.id)).scalars())
        people = Counter(connection.execute(select(PersonRow.id)).scalars())
        wrong += _differing("callers of calls", callers, people)
        wrong += _differing("phones", Counter(connection.execute(select(ContactPointRow.person_id)).scalars()), people)
        wrong += _differing("next steps", Counter(connection.execute(select(NextStepRow.call_id)).scalars()), calls)
        steps = Counter(connection.execute(select(NextStepRow.id)).scalars())
        for table, wanted in (("person", people), ("contact_point", people), ("next_step", steps)):
            mine = (AuditEntryRow.table_name == table) & (AuditEntryRow.action == "insert")
            entries = Counter(connection.execute(select(AuditEntryRow.record_id).where(mine)).scalars())
            wrong += _differing(f"trail of {table}", entries, wanted)
    return wrong


def _differing(what: str, found: Counter[int], wanted: Counter[int]) -> list[str]:
    """Records that are there once too often or too seldom."""
    return [f"half: {what}, record {number}" for number in {*(found - wanted), *(wanted - found)}]


def main(arguments: list[str] | None = None) -> int:
    """Run it, and print the figures; the status says whether anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.restarts", description=__doc__.partition("\n")[0])
    parser.add_argument("--restarts", type=int, default=30)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--manner", choices=MANNERS, default="as-a-desk-does", help="the others are faulty on purpose")
    said = parser.parse_args(arguments)
    logging.getLogger("psycopg").setLevel(logging.ERROR)  # it warns of each connection that was lost
    with own_server() as (server, address):
        figures = run(server, address, writers=said.writers, restarts=said.restarts, manner=MANNERS[said.manner])
    print(figures.told())
    for words in figures.found[:20]:
        print(f"  {words}")
    return 1 if figures.found else 0


if __name__ == "__main__":
    sys.exit(main())
