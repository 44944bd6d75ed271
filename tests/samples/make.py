"""Makes `ppsdesk-0001.db`: run `python -m tests.samples.make` once for each schema, before its successor is written.

A dozen invented calls with every kind of field filled and empty, one changed, one removed, one import, one
draft; one of everything about people; some of everything about dates of the law.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from ppsdesk import assembly
from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.places import Whereabouts
from ppsdesk.domain.vocabulary import TermCode
from ppsdesk.services.beginning import Choices
from ppsdesk.services.calls import CallDesk
from ppsdesk.services.drafts import Drafts
from ppsdesk.services.importing import Importing
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening, schema
from tests.builders import NOW, a_call, a_call_on
from tests.samples.dates import add_dates
from tests.samples.families import add_everything

HERE = Path(__file__).resolve().parent
LOG = (
    "reference,taken_at,line,caller_kind,topics,notes\nH-1,03/10/2001,central,PARENT,annual-review,from the old book\n"
)


def main() -> None:
    """Write the sample of this version's schema beside this file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ppsdesk.db"
        storage = opening.open_local(path, starters(), person="hana", backups=Path(folder), now=NOW, practice=True)
        calls = CallDesk(storage, lambda: NOW)
        for number in range(7):
            calls.log(a_call_on(date(2001, 9 + number % 4, 3), notes=f"Call {number} of 2001"))
        changed = calls.get(calls.log(a_call(advice=(TermCode("signposting"),), stages=(TermCode("SENSUP"),))).value)
        calls.amend(
            changed.id, changed.version, replace(facts_of(changed), notes="Żółć – “quoted”", level=TermCode("2"))
        )
        removed = calls.get(calls.log(a_call(notes="entered by mistake")).value)
        calls.remove(removed.id, removed.version)
        october = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)  # 01:50 BST, to 01:10 GMT
        late = a_call(taken_on=date(2026, 10, 25), started_at=october, ended_at=october.replace(hour=1, minute=10))
        calls.log(replace(late, minutes=None, entered_late=True))
        calls.log(a_call(anonymous=True, caller_name="", phone="", child_name=""))
        log = Path(folder) / "old-book.csv"
        log.write_text(LOG, encoding="utf-8")
        Importing(storage, lambda: NOW).calls(log)
        key = a_call().key
        Drafts(storage).keep(
            Draft(key=key, person="hana", window="1", started_at=NOW, kept_at=NOW, content={"notes": "half a sentence"})
        )
        chosen = Choices(folder=DeskFolder(Path(folder)), person="hana")
        place = Whereabouts(words="The sample", path=path)
        desk = assembly.services_on(storage, chosen, place, clock=lambda: NOW)
        add_everything(desk)
        add_dates(desk)
        storage.close()
        shutil.copy(path, HERE / f"ppsdesk-{schema.HEAD}.db")


if __name__ == "__main__":
    main()
