"""Desks that save while the server goes down again and again: `python -m tests.harness.restarts --restarts 30`.

Each desk is a process of its own and takes calls that bring a new caller, links and a next step with them. Where it is
not told that one is saved, it saves the same one again, with the same keys, until it is. What a desk meant is marked in
the notes of its call, so that a call that is there twice is found whatever its keys are.

Every other desk works through a bad network, which before each restart loses the server's answer to one COMMIT: a
restart alone seldom falls between the two.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection as Connected
from multiprocessing.synchronize import Event
from random import Random
from time import monotonic
from typing import Any
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
# forked from a process that has everything loaded, so that a desk begins at once; Windows has no such thing
PROCESSES: Any = multiprocessing.get_context(
    "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
)
PROCESSES.set_forkserver_preload(["tests.harness.own_server", "tests.harness.writer"])


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


class Desk:
    """Takes and saves calls, in a process of its own, until it is told to stop and the call at hand is saved.

    It tells by `tell`, as it happens: what was acknowledged ("saved", its mark), saves that got no answer, those of
    them that had been kept, and how many seconds a save took.
    """

    def __init__(self, name: str, storage: Storage, manner: Manner, tell: Callable[[str, Any], None]) -> None:
        self._name, self._storage, self._manner, self._tell = name, storage, manner, tell
        self._saved: set[str] = set()

    def work(self, stop: Event) -> None:
        """Save one after another."""
        while not stop.is_set():
            self._save(taken(f"{self._name} {len(self._saved)}"))

    def _save(self, one: Taken) -> None:
        def acknowledge() -> None:
            self._saved.add(one.mark)
            self._tell("saved", one.mark)

        begun = monotonic()
        while one.mark not in self._saved:
            try:
                self._manner(self._storage, one, acknowledge)
            except StorageUnavailable:
                self._wait_and_look(one)
        self._tell("took", monotonic() - begun)

    def _wait_and_look(self, one: Taken) -> None:
        """For the report only: whether what nobody acknowledged had been kept."""
        if one.mark in self._saved:
            return
        self._tell("tried again", 1)
        while True:
            threading.Event().wait(0.05)
            try:
                with plain_errors(), self._storage.engine.connect() as connection:
                    self._tell("there already", bool(_of(connection, one.mark)))
                    return
            except StorageUnavailable:
                continue


def _at_a_desk(name: str, address: str, manner: Manner, stop: Event, says: Connected) -> None:
    """What the process of a desk does. What it does not survive it says."""
    logging.getLogger("psycopg").setLevel(logging.ERROR)  # it warns of each connection that was lost
    storage = sign_in(address)
    try:
        Desk(name, storage, manner, lambda what, how: says.send((what, how))).work(stop)
    except BaseException as fault:  # noqa: BLE001  # raised by whoever started the process
        says.send(("fault", repr(fault)))
    finally:
        storage.close()
        says.close()


class Writer:
    """The process of a desk as those outside see it: `listen` takes in what it has told since."""

    def __init__(self, name: str, address: str, manner: Manner, stop: Event) -> None:
        self._told, self._says = PROCESSES.Pipe(duplex=False)
        self._process = PROCESSES.Process(
            target=_at_a_desk, args=(name, address, manner, stop, self._says), name=name, daemon=True
        )
        self.saved: set[str] = set()
        self.tried_again = 0
        self.there_already = 0
        self.longest = 0.0
        self.fault = ""
        self.at_an_end = False

    def start(self) -> None:
        """Let it begin."""
        self._process.start()
        self._says.close()  # this end is the desk's alone, so that it is heard when the desk is gone

    def listen(self, wait: float = 0.0) -> None:
        """What it told meanwhile; the first word is waited for so long, in seconds."""
        while not self.at_an_end and self._told.poll(wait):
            wait = 0.0
            try:
                what, how = self._told.recv()
            except EOFError:
                self.at_an_end = True
                self._told.close()
                return
            self._take_in(what, how)

    def join(self, seconds: float) -> None:
        """Listen until it is at an end."""
        until = monotonic() + seconds
        while not self.at_an_end and monotonic() < until:
            self.listen(1.0)
        self._process.join(max(until - monotonic(), 0.0))

    def _take_in(self, what: str, how: Any) -> None:
        if what == "saved":
            self.saved.add(how)
        elif what == "took":
            self.longest = max(self.longest, how)
        elif what == "tried again":
            self.tried_again += how
        elif what == "there already":
            self.there_already += how
        else:
            self.fault = how


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
    chance, stop, run_number = Random(seed), PROCESSES.Event(), uuid4().hex[:8]
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
    faults = [desk.fault or "it never ended" for desk in desks if desk.fault or not desk.at_an_end]
    if faults:
        raise RuntimeError(f"desks failed by themselves: {faults}")
    return desks


def _until_busy(desks: Sequence[Writer]) -> None:
    """Until every desk has saved something since."""
    for desk in desks:
        desk.listen()
    pairs = [(desk, len(desk.saved)) for desk in desks]

    def all_saved() -> bool:
        for desk in desks:
            desk.listen()
        return all(len(desk.saved) > was or desk.at_an_end for desk, was in pairs)

    _until(all_saved, "a desk saves nothing")


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
