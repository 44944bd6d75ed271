"""What goes into the log and what does not: for whoever helps, without what nobody can do anything about."""

from __future__ import annotations

import logging
import os
import socket
from contextlib import closing, suppress
from pathlib import Path

import pytest

from ppsdesk.services import logs
from tests import postgres


class Unfinished(Exception):
    """Something else went wrong meanwhile."""


def _lost_in_the_middle(server: postgres.Server) -> None:
    with closing(server.connect()) as connection, suppress(Unfinished), connection.pipeline():
        with socket.socket(fileno=os.dup(connection.fileno())) as wire:
            wire.shutdown(socket.SHUT_RDWR)
        raise Unfinished


def _of_the_driver(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == logs.DRIVER]


def test_a_connection_that_was_lost_leaves_no_line_of_the_driver(
    server: postgres.Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _lost_in_the_middle(server)
    assert "error ignored terminating" in "".join(_of_the_driver(caplog))  # what the driver says of itself
    caplog.clear()
    file = logs.start(tmp_path)
    assert file is not None
    try:
        _lost_in_the_middle(server)
        assert _of_the_driver(caplog) == []
        logging.getLogger(logs.DRIVER).warning("anything else of the driver")
        assert _of_the_driver(caplog) == ["anything else of the driver"]
        logging.getLogger(logs.ROOT).info("events of the program")
    finally:
        logs.stop()
    written = file.read_text(encoding="utf-8")
    assert "events of the program" in written
    assert "ignored" not in written
