"""Taking in a call log: read, check, show, and keep all of it or nothing; and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ppsdesk.domain.batches import Batch
from ppsdesk.domain.calendar import Clock
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.imports import ImportPlan
from ppsdesk.domain.progress import Progress, silent
from ppsdesk.domain.words import count_of
from ppsdesk.storage.work import Storage

AT_ONCE = 2_000
TOUCHED = frozenset({Topic.CALLS, Topic.IMPORTS, Topic.VOCABULARIES})


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOutcome:
    """What importing did, or would do. `known` rows are on record already; `batch_id` is None in a dry run."""

    plan: ImportPlan
    added: int
    known: int
    batch_id: int | None


class Importing:
    """Call logs in, all or nothing; and the journal of what came in."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def calls(
        self, path: Path, *, dry_run: bool = False, add_unknown: bool = False, progress: Progress = silent
    ) -> Done[ImportOutcome]:
        """Import a .csv or .xlsx of calls. What is on record already is not added again.

        Nothing is kept of a file with a problem, or with values on no list unless `add_unknown`: the outcome's plan
        then says why (`plan.refusal`). Raises `Refused` for a file that cannot be read at all.
        """
        from ppsdesk.services.call_rows import plan  # reading files is not needed to take a call
        from ppsdesk.services.tables_in import read_table

        table = read_table(path, progress=progress)
        with self._storage.reading() as work:
            lists = work.vocabularies.all()
        made = plan(table, lists, now=self._clock(), file_name=path.name, add_unknown=add_unknown, progress=progress)
        if dry_run or not made.ready:
            return Done(self._rehearsed(made), frozenset())
        outcome = self._keep(made, progress)
        return Done(outcome, TOUCHED, said=f"{count_of(outcome.added, 'call')} imported from {path.name}.")

    def batches(self) -> tuple[Batch, ...]:
        """Every import, newest first."""
        with self._storage.reading() as work:
            return work.imports.all()

    def undo(self, batch_id: int) -> Done[tuple[int, int]]:
        """Take an import back: (calls taken out, calls kept because somebody changed them since)."""
        with self._storage.writing() as work:
            batch = work.imports.get(batch_id)
            work.imports.mark_undone(batch, at=self._clock(), person=work.person)
            gone, kept = work.calls.delete_untouched(batch_id)
            work.commit()
        stayed = f" {count_of(kept, 'call stays', 'calls stay')}, changed since." if kept else ""
        said = f"Import of {batch.file_name} taken back: {count_of(gone, 'call')}.{stayed}"
        return Done((gone, kept), TOUCHED, said=said)

    def _rehearsed(self, made: ImportPlan) -> ImportOutcome:
        with self._storage.reading() as work:
            known = work.calls.known_identities(call.identity for call in made.calls)
        return ImportOutcome(plan=made, added=len(made.calls) - len(known), known=len(known), batch_id=None)

    def _keep(self, made: ImportPlan, progress: Progress) -> ImportOutcome:
        """One transaction: a stop, a fault or a power cut at any point leaves nothing of the file."""
        now = self._clock()
        with self._storage.writing() as work:
            known = work.calls.known_identities(call.identity for call in made.calls)
            new = [call for call in made.calls if call.identity not in known]
            if not new:
                return ImportOutcome(plan=made, added=0, known=len(known), batch_id=None)
            work.vocabularies.add_missing(made.new_terms)
            batch_id = work.imports.begin(
                file_name=made.file, rows_added=len(new), rows_known=len(known), at=now, person=work.person
            )
            for start in range(0, len(new), AT_ONCE):
                part = new[start : start + AT_ONCE]
                work.calls.add_imported(part, batch_id, recorded_at=now)
                progress(start + len(part), len(new))
            work.commit()
        return ImportOutcome(plan=made, added=len(new), known=len(known), batch_id=batch_id)
