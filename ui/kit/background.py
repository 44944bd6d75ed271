"""Work off the window's thread: lanes, one signal, answers at home on the main thread only.

A worker thread never holds the last reference to a screen: jobs lie in a table that only the main thread empties, and
a worker knows its job by number. Nor is a `Background` forgotten before its threads have ended.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import Enum
from itertools import count
from time import monotonic
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from ui.kit.tidying import Tidying


class Lane(Enum):
    """WRITE keeps the order in which things were saved; READ answers questions side by side.

    HERE writes to this computer alone, PROBE asks whether the database answers: neither waits for the other two.
    """

    READ = "read", 3
    WRITE = "write", 1
    HERE = "here", 1
    PROBE = "probe", 1

    @property
    def workers(self) -> int:
        """How many work side by side."""
        return int(self.value[1])


KEEPING = (Lane.WRITE, Lane.HERE)  # what must not be abandoned


@dataclass(slots=True)
class _Job:
    owner: QObject
    lane: Lane
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    answer: Any = None
    error: Exception | None = None


_with_threads: set[Background] = set()


class Background(QObject):
    """Runs work and brings the answer home while its owner lives.

    Lives as long as the program; call `finish` before it goes.
    """

    saving_changed = Signal(int)
    finishing = Signal()
    _finished = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, _Job] = {}
        self._numbers = count(1)
        self._ended = False
        self._futures: dict[int, Future[None]] = {}
        self._lanes = {lane: ThreadPoolExecutor(lane.workers, thread_name_prefix=lane.value[0]) for lane in Lane}
        self._tidying = Tidying(self)
        self._tidying.begin()
        # Queued always: work that ends at once must not answer before `run` has returned.
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        *,
        failed: Callable[[Exception], None],
        lane: Lane = Lane.READ,
    ) -> None:
        """Do `work` in a lane. Then `done(answer)` or `failed(error)` on the main thread, unless the owner is gone."""
        number = next(self._numbers)
        _with_threads.add(self)
        self._jobs[number] = _Job(owner, lane, work, done, failed)
        self._futures[number] = self._lanes[lane].submit(self._work, number)
        if lane in KEEPING:
            self.saving_changed.emit(self.saving)

    @property
    def saving(self) -> int:
        """How many changes are not yet known to be kept."""
        return sum(job.lane in KEEPING for job in self._jobs.values())

    def all_kept(self, ms: int) -> bool:
        """Wait for changes under way alone, at most so many milliseconds, and deliver what came; nothing is dropped."""
        changes = [self._futures[number] for number, job in self._jobs.items() if job.lane in KEEPING]
        wait(changes, timeout=ms / 1000)
        QCoreApplication.sendPostedEvents(self)
        return not self.saving

    def finish(self, ms: int) -> bool:
        """Wait for changes under way, at most so many milliseconds, and deliver what came.

        Questions not yet begun are dropped. False if a change is still running: nothing was abandoned, call again.
        """
        ends = monotonic() + ms / 1000
        questions = [n for n, job in self._jobs.items() if job.lane not in KEEPING]
        for number in questions:
            if self._futures[number].cancel():
                self._forget(number)
        wait(list(self._futures.values()), timeout=max(0.0, ends - monotonic()))
        QCoreApplication.sendPostedEvents(self)
        if self.saving:
            return False
        self.finishing.emit()
        self._ended = True
        for lane in self._lanes.values():
            lane.shutdown(wait=False, cancel_futures=True)
        self._end_threads()
        return True

    def _work(self, number: int) -> None:
        self._run_job(self._jobs[number])
        # From here on this thread holds nothing of the job.
        self._finished.emit(number)

    @staticmethod
    def _run_job(job: _Job) -> None:
        try:
            job.answer = job.work()
        except Exception as error:  # noqa: BLE001  # whatever it is, it goes home and is shown there
            job.error = error

    @Slot(int)
    def _deliver(self, number: int) -> None:
        job = self._forget(number)
        self._end_threads()
        if self._ended or not shiboken6.isValid(job.owner):  # whoever asked is gone
            return
        if job.error is None:
            job.done(job.answer)
        else:
            job.failed(job.error)

    def _end_threads(self) -> None:
        """Once nothing is at work any more: from then on this may be forgotten, and Python clears cycles by itself."""
        if self._ended and not self._futures:
            for lane in self._lanes.values():
                lane.shutdown()
            self._tidying.stop()
            _with_threads.discard(self)

    def _forget(self, number: int) -> _Job:
        job = self._jobs.pop(number)
        self._futures.pop(number, None)
        if job.lane in KEEPING:
            self.saving_changed.emit(self.saving)
        return job
