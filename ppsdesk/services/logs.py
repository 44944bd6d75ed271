"""What the program did, for whoever helps when something went wrong: ids and events, never names or notes."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

ROOT = "ppsdesk"
DRIVER = "psycopg"
_LOST = "error ignored terminating"


def _is_news(record: logging.LogRecord) -> bool:
    """Not that the driver could not tidy up after a connection that was lost: the loss itself has its own sentence."""
    return not str(record.msg).startswith(_LOST)


def start(folder: Path) -> Path | None:
    """Write to a rotating file in that folder; None where the folder takes none (the program runs all the same)."""
    path = folder / "ppsdesk.log"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger(ROOT)
    for old in logger.handlers[:]:
        logger.removeHandler(old)
        old.close()
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logging.getLogger(DRIVER).addFilter(_is_news)
    return path


def stop() -> None:
    """Close the file."""
    logger = logging.getLogger(ROOT)
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
        handler.close()
    logging.getLogger(DRIVER).removeFilter(_is_news)
