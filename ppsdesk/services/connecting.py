"""Connecting a desk to a shared server for the first time: a look at it step by step, and a password of one's own."""

from __future__ import annotations

from ppsdesk.domain.errors import Refused
from ppsdesk.domain.logins import check_password
from ppsdesk.domain.server_place import CheckLine, ServerPlace
from ppsdesk.services import passwords
from ppsdesk.storage import opening
from ppsdesk.storage.server_check import ServerCheck


class Connecting:
    """One attempt. Ask `next_line` off the window's thread until it is None; `close` gives the connection back."""

    def __init__(self, place: ServerPlace, password: str) -> None:
        self.place, self.password = place, password
        self._check = ServerCheck(opening.read_address(place.address), password)
        self._lines = self._check.lines()

    def next_line(self) -> CheckLine | None:
        """The answer to the next question; None after the last, or after the first bad one."""
        return next(self._lines, None)

    def is_one_time(self) -> bool:
        """Whether an administrator made the password and nobody changed it since."""
        return self._check.is_one_time()

    def choose_password(self, new: str) -> None:
        """Change it on the server. Refused for one that is too weak, or the same again."""
        if new == self.password:
            raise Refused("This is the password you have already.", hint="Choose another one.")
        check_password(new, name=self._check.person)
        self._check.change_password(new)
        self.password = new

    def keep_password(self, *, remember: bool) -> bool:
        """In the computer's keyring, or not any more; False where it should be kept and there is no keyring."""
        return passwords.keep(self.place.address, self.password, wished=remember)

    def close(self) -> None:
        """Give the connection back."""
        self._lines.close()
        self._check.close()
