"""Many desks that change one call at once: `python -m tests.harness.many_clients --clients 50 --saves 20`.

Each desk, with a login of its own, opens the call, or goes on from what it last saw of it, changes a field or two, and
saves on the version it saw. Told that somebody was first, it puts its change into the call as it now is, unless both
changed the same field: then it gives up, or chooses its own words over theirs, which it has now read. Afterwards every
change that a desk was told is saved must stand in the row, or in the trail as overwritten by somebody who had read it.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from time import monotonic
from typing import Any

from sqlalchemy import update

from ppsdesk.domain.calls import Call, CallFacts, facts_of
from ppsdesk.domain.errors import Conflict, StorageUnavailable
from ppsdesk.domain.vocabulary import TermCode
from ppsdesk.services.calls import CallDesk
from ppsdesk.storage.rows import CallRow
from ppsdesk.storage.work import Storage
from tests.builders import NOW, a_call
from tests.harness.own_server import server_of_people, sign_in
from tests.harness.trail_of_call import SEVERAL, SINGLE, SavedChange, trail_of

TOPICS = tuple(map(TermCode, ("annual-review", "sen-concern", "transport", "mediation", "tribunal")))
ADVICE = tuple(map(TermCode, ("information-sent", "signposting")))
PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Change:
    """What a desk was told is saved: the version it became, what it had read and what it wrote, by field."""

    desk: str
    version: int
    read: dict[str, Any]
    wrote: dict[str, Any]


Amend = Callable[[CallDesk, Storage, Call, CallFacts], Call]


def on_its_version(desk: CallDesk, _storage: Storage, seen: Call, typed: CallFacts) -> Call:
    """The real thing."""
    return desk.amend(seen.id, seen.version, typed).value


def on_whatever_version(desk: CallDesk, _storage: Storage, seen: Call, typed: CallFacts) -> Call:
    """A faulty desk: it saves what it typed over whatever is there by now."""
    while True:
        try:
            return desk.amend(seen.id, desk.get(seen.id).version, typed).value
        except Conflict:
            continue


def past_the_version(desk: CallDesk, storage: Storage, seen: Call, typed: CallFacts) -> Call:
    """A faulty desk: it writes into the row and leaves the version as it is."""
    with storage.writing() as work:
        values = {name: getattr(typed, name) for name in ("notes", "caller_name", "child_name", "phone")}
        work.calls._connection.execute(update(CallRow).where(CallRow.id == seen.id).values(values))
        work.commit()
    return desk.get(seen.id)


MANNERS: dict[str, Amend] = {
    "on-its-version": on_its_version,
    "on-whatever-version": on_whatever_version,
    "past-the-version": past_the_version,
}


@dataclass
class Client:
    """One desk at its own connection."""

    name: str
    storage: Storage
    call_id: int
    amend: Amend
    chance: Random
    saved: list[Change] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    fault: BaseException | None = None

    def work(self, begin: threading.Barrier, saves: int) -> None:
        """Change the call so often."""
        try:
            desk = CallDesk(self.storage, lambda: NOW)
            seen = desk.get(self.call_id)
            begin.wait(PATIENCE)  # so that the first save of all but one meets a change
            for number in range(saves):
                if number and self.chance.random() < 0.5:  # otherwise it goes on from what it saw, however old
                    seen = desk.get(self.call_id)
                seen = self._save(desk, seen, self._wanted(number, seen))
        except BaseException as fault:  # noqa: BLE001  # reported by whoever started the thread
            self.fault = fault

    def _wanted(self, number: int, seen: Call) -> dict[str, Any]:
        """New words for a field or two."""
        wanted: dict[str, Any] = {}
        for name in self.chance.sample((*SINGLE, *SEVERAL), self.chance.choice((1, 1, 2))):
            if name in SEVERAL:
                every = TOPICS if name == "topics" else ADVICE
                least = 1 if name == "topics" else 0
                wanted[name] = tuple(self.chance.sample(every, self.chance.randint(least, len(every))))
            elif name == "minutes":
                wanted[name] = self.chance.randint(1, 600)
            else:
                wanted[name] = f"{self.name}, {number}"
        return {name: value for name, value in wanted.items() if value != getattr(seen, name)}

    def _save(self, desk: CallDesk, seen: Call, wanted: dict[str, Any]) -> Call:
        while True:
            read = {name: getattr(seen, name) for name in wanted}
            try:
                kept = self.amend(desk, self.storage, seen, replace(facts_of(seen), **wanted))
            except Conflict as conflict:
                seen, before = self._theirs(conflict), seen
                if not self._goes_on(before, seen, wanted):
                    return seen
            except StorageUnavailable:
                self.happened["told to save again"] += 1
            else:
                self.saved.append(Change(self.name, kept.version, read, wanted))
                return kept

    @staticmethod
    def _theirs(conflict: Conflict) -> Call:
        """The call as it now is, which the refusal brings."""
        assert isinstance(conflict.theirs, Call)
        return conflict.theirs

    def _goes_on(self, before: Call, theirs: Call, wanted: dict[str, Any]) -> bool:
        """Whether to save again on what is there now: where both changed one field, that is a choice."""
        both = [name for name in wanted if getattr(theirs, name) != getattr(before, name)]
        if not both:
            self.happened["merged"] += 1
        elif self.chance.random() < 0.5:
            self.happened["gave up"] += 1
            return False
        else:
            self.happened["chose"] += 1
        return True


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in one run."""

    clients: int
    saves: int
    saved: int
    happened: Counter[str]
    seconds: float
    found: tuple[str, ...]

    def told(self) -> str:
        """In one line."""
        return (
            f"{self.clients} desks, {self.saves} saves each, one call, in {self.seconds:.1f} s: {self.saved} saved,"
            f" {self.happened['merged']} merges, {self.happened['chose']} choices, {self.happened['gave up']} given up,"
            f" {self.happened['told to save again']} told to save again; {len(self.found)} lost updates"
        )


def run(
    open_storage: Callable[[], Storage], *, clients: int, saves: int, amend: Amend = on_its_version, seed: int = 1
) -> Figures:
    """Let so many desks change one new call so often; what is found afterwards."""
    begun = monotonic()
    looking = open_storage()
    desk = CallDesk(looking, lambda: NOW)
    first = desk.get(desk.log(a_call(notes="As it was taken.")).value)
    desks = [Client(f"desk {n}", open_storage(), first.id, amend, Random(f"{seed} {n}")) for n in range(clients)]
    begin = threading.Barrier(clients)
    threads = [threading.Thread(target=client.work, args=(begin, saves), daemon=True) for client in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    faults = [client.fault for client in desks if client.fault]
    if faults or any(thread.is_alive() for thread in threads):
        raise RuntimeError(f"desks failed by themselves: {faults or 'one never ended'}")
    changes = [change for client in desks for change in client.saved]
    return Figures(
        clients=clients,
        saves=saves,
        saved=len(changes),
        happened=sum((client.happened for client in desks), Counter()),
        seconds=monotonic() - begun,
        found=(*lost_updates(trail_of(looking.engine, first.id), changes, first, desk.get(first.id)),),
    )


def lost_updates(trail: Sequence[SavedChange], changes: Iterable[Change], first: Call, last: Call) -> list[str]:
    """Everything that cannot be told from the trail: a change that is not in it, or one over words nobody had read."""
    by_version: dict[int, list[Change]] = {}
    for change in changes:
        by_version.setdefault(change.version, []).append(change)
    state = {name: _kept(name, getattr(first, name)) for name in (*SINGLE, *SEVERAL)}
    wrong = []
    for saved in trail:
        told = by_version.pop(saved.version, [])
        if saved.version_before == saved.version or len(told) != 1:
            wrong.append(f"version {saved.version} was told to {len(told)} desks, after {saved.version_before}")
            told = told[:1]
        for change in told:
            wrong += _unread(saved, change, state)
        state |= saved.after
    wrong += [f"version {version} is not in the trail" for version in by_version]
    final = {name: _kept(name, getattr(last, name)) for name in state}
    return wrong + [f"{name} is {final[name]!r}, not {state[name]!r}" for name in state if final[name] != state[name]]


def _unread(saved: SavedChange, change: Change, state: dict[str, Any]) -> list[str]:
    """Where one save did anything else than to put what was written in place of what had been read."""
    read = {name: _kept(name, value) for name, value in change.read.items()}
    wrote = {name: _kept(name, value) for name, value in change.wrote.items()}
    wrong = [f"{change.desk} wrote over {name} of others" for name in saved.after if name not in wrote]
    for name, value in wrote.items():
        if read[name] != value and saved.after.get(name) != value:
            wrong.append(f"what {change.desk} wrote into {name} is not in the trail")
        if state[name] != read[name]:
            wrong.append(f"{change.desk} wrote over {state[name]!r} in {name}, having read {read[name]!r}")
    return wrong


def _kept(name: str, value: Any) -> Any:
    """As the trail holds it."""
    return tuple(map(str, value)) if name in SEVERAL else str(value)


def main(arguments: list[str] | None = None) -> int:
    """Run it on a server of its own, and print the figures; the status says whether anything was lost."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.harness.many_clients", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--manner", choices=MANNERS, default="on-its-version", help="the others are faulty on purpose")
    said = parser.parse_args(arguments)
    opened: list[Storage] = []

    with server_of_people(said.clients) as (administrator, addresses):
        ways = iter((administrator, *addresses))  # who looks at the trail afterwards, then the desks

        def desk_opens() -> Storage:
            opened.append(sign_in(next(ways)))
            return opened[-1]

        try:
            figures = run(desk_opens, clients=said.clients, saves=said.saves, amend=MANNERS[said.manner])
        finally:
            for storage in opened:
                storage.close()
    print(figures.told())
    for words in figures.found[:20]:
        print(f"  {words}")
    return 1 if figures.found else 0


if __name__ == "__main__":
    sys.exit(main())
