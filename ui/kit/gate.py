"""One question at a time to a database that does not answer: the others wait for how that one ends.

Without it every page, list and box that is looked at would wait for the server on its own, one after the other, and the
first answer after it is back would stand behind all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition
from time import monotonic
from typing import TypeVar

from ppsdesk.domain.errors import StorageUnavailable, WritingPaused

T = TypeVar("T")


class Gate:
    """Used by all worker threads of a window. Open, it does nothing; a job that finds nobody there closes it, if the
    database is `shared`: a local file is always there.

    While it is closed a job runs only when no other does, and fails with the same words as one that began after it was
    asked for. The first that succeeds opens it.
    """

    def __init__(self, shared: Callable[[], bool]) -> None:
        self._shared = shared
        self._condition = Condition()
        self._closed: StorageUnavailable | None = None
        self._failed_from = 0.0
        self._trying = False

    @property
    def closed(self) -> bool:
        """Whether the last that was heard is that nobody answers."""
        return self._closed is not None

    def through(self, work: Callable[[], T]) -> Callable[[], T]:
        """The same work, asked for now, as it is to be done by a worker."""
        asked = monotonic()

        def pass_through() -> T:
            alone = self._wait(asked)
            began = monotonic()
            answered: StorageUnavailable | bool = False
            try:
                answer = work()
                answered = True
            except StorageUnavailable as error:
                answered = isinstance(error, WritingPaused) or not self._shared() or error
                raise
            finally:
                self._ended(answered, began, alone=alone)
            return answer

        return pass_through

    def _wait(self, asked: float) -> bool:
        with self._condition:
            while self._closed is not None:
                if self._failed_from >= asked:
                    raise type(self._closed)(self._closed.message, hint=self._closed.hint)
                if not self._trying:
                    self._trying = True
                    return True
                self._condition.wait()
        return False

    def _ended(self, answered: StorageUnavailable | bool, began: float, *, alone: bool) -> None:
        with self._condition:
            if isinstance(answered, StorageUnavailable):
                self._closed = answered
                self._failed_from = max(self._failed_from, began)
            elif answered and (alone or began > self._failed_from):
                self._closed = None
            if alone:
                self._trying = False
            self._condition.notify_all()
