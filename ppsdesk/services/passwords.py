"""The password of a shared database: from the variable, the keyring or the person; kept nowhere by us."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress

from ppsdesk.domain.errors import CannotStart

VARIABLE = "PPSDESK_PASSWORD"
KEYRING_SERVICE = "ppsdesk"

Ask = Callable[[str], str | None]


def find(address: str, ask: Ask) -> str:
    """The password for an address; `ask` puts the question to the person and may answer None.

    Raises `CannotStart` when there is none to be had.
    """
    found = os.environ.get(VARIABLE) or _from_keyring(address) or ask(f"Password for {address}")
    if not found:
        raise CannotStart(
            "The shared database needs a password, and none was given.",
            hint=f"Type it when asked, keep it in the keyring, or set the variable {VARIABLE}.",
        )
    return found


def is_remembered(address: str) -> bool:
    """Whether the keyring has one for this address."""
    return bool(_from_keyring(address))


def remember(address: str, password: str) -> bool:
    """Keep the password in the operating system's keyring; False where there is none (then it is asked for again)."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(KEYRING_SERVICE, address, password)
    except KeyringError:
        return False
    return True


def keep(address: str, password: str, *, wished: bool) -> bool:
    """In the keyring, or not any more; False where it should be kept and there is no keyring."""
    if wished:
        return remember(address, password)
    forget(address)
    return True


def forget(address: str) -> None:
    """Keep none for this address any more: an old one would be tried before anybody is asked."""
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError):  # none was kept, or there is no keyring
        keyring.delete_password(KEYRING_SERVICE, address)


def _from_keyring(address: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(KEYRING_SERVICE, address)
    except KeyringError:  # a computer without a screen has no keyring
        return None
