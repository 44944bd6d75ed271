"""Who belongs to whom, what to know before speaking, what was agreed to, which school; and what must stay hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from ppsdesk.domain.calendar import Clock, local_day
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.families import (
    Affiliation,
    Alert,
    Consent,
    HiddenAddress,
    Relationship,
    SafeguardingNote,
    check_alert,
    check_relationship,
)
from ppsdesk.domain.family_checks import check_affiliation, check_consent, check_hidden_address, check_safeguarding
from ppsdesk.services.organisations import why_closed
from ppsdesk.storage.work import Storage, UnitOfWork

TOUCHED = frozenset({Topic.PEOPLE})


class FamilyDesk:
    """What the helpline notes about a person's family and schools.

    Everything has a key made where it is typed, so that saving twice leaves one. What is changed goes in whole, with
    the version it was read at: `Conflict`, holding the saved record as `theirs`, when somebody changed it since.
    """

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    # -- relationships ---------------------------------------------------------------------------------------------

    def relate(self, tie: Relationship) -> Done[Relationship]:
        """Note that one person is something to another. Raises `Invalid`: nobody is their own parent."""
        check_relationship(tie)
        with self._storage.writing() as work:
            kept = work.families.add_relationship(tie)
            work.commit()
        return Done(kept, TOUCHED, said="Relationship noted.")

    def amend_relationship(self, tie: Relationship) -> Done[Relationship]:
        """Change it; whom it is between may change too."""
        check_relationship(tie)
        with self._storage.writing() as work:
            kept = work.families.amend_relationship(tie)
            work.commit()
        return Done(kept, TOUCHED, said="Relationship changed.")

    def end_relationship(self, key: UUID, version: int, on: date | None = None) -> Done[Relationship]:
        """It was so until that day (today if none is said); `amend_relationship` without a last day takes it back."""
        with self._storage.writing() as work:
            tie = replace(work.families.relationship(key), valid_to=on or self._today(), version=version)
            check_relationship(tie)
            kept = work.families.amend_relationship(tie)
            work.commit()
        return Done(kept, TOUCHED, said="Relationship ended.")

    def remove_relationship(self, key: UUID, version: int) -> Done[Relationship]:
        """Take out one entered by mistake."""
        with self._storage.writing() as work:
            kept = work.families.remove_relationship(key, version, self._clock())
            work.commit()
        return Done(kept, TOUCHED, said="Relationship removed.")

    def put_back_relationship(self, key: UUID, version: int) -> Done[Relationship]:
        """Undo a removal."""
        with self._storage.writing() as work:
            kept = work.families.remove_relationship(key, version, None)
            work.commit()
        return Done(kept, TOUCHED, said="Relationship put back.")

    # -- alerts ----------------------------------------------------------------------------------------------------

    def alert(self, alert: Alert) -> Done[Alert]:
        """Note what to know before speaking; its last day ends it by itself."""
        check_alert(alert)
        with self._storage.writing() as work:
            kept = work.families.add_alert(alert)
            work.commit()
        return Done(kept, TOUCHED, said="Alert noted.")

    def amend_alert(self, alert: Alert) -> Done[Alert]:
        """Change it, or end it by its last day."""
        check_alert(alert)
        with self._storage.writing() as work:
            kept = work.families.amend_alert(alert)
            work.commit()
        return Done(kept, TOUCHED, said="Alert changed.")

    def remove_alert(self, key: UUID, version: int) -> Done[Alert]:
        """Take out one entered by mistake."""
        with self._storage.writing() as work:
            kept = work.families.remove_alert(key, version, self._clock())
            work.commit()
        return Done(kept, TOUCHED, said="Alert removed.")

    def put_back_alert(self, key: UUID, version: int) -> Done[Alert]:
        """Undo a removal."""
        with self._storage.writing() as work:
            kept = work.families.remove_alert(key, version, None)
            work.commit()
        return Done(kept, TOUCHED, said="Alert put back.")

    # -- consents --------------------------------------------------------------------------------------------------

    def consent(self, consent: Consent) -> Done[Consent]:
        """Note an answer; it counts until a newer one of the same subject."""
        check_consent(consent, now=self._clock())
        with self._storage.writing() as work:
            kept = work.families.add_consent(consent)
            work.commit()
        return Done(kept, TOUCHED, said=f"{kept.subject.label}: {kept.answer.label.lower()}.")

    def take_back_consent(self, key: UUID) -> Done[Consent]:
        """Take out an answer noted by mistake; the one before it counts again."""
        with self._storage.writing() as work:
            kept = work.families.remove_consent(key, self._clock())
            work.commit()
        return Done(kept, TOUCHED, said="Answer taken back.")

    def put_back_consent(self, key: UUID) -> Done[Consent]:
        """Undo that."""
        with self._storage.writing() as work:
            kept = work.families.remove_consent(key, None)
            work.commit()
        return Done(kept, TOUCHED, said="Answer put back.")

    # -- schools over time -----------------------------------------------------------------------------------------

    def attend(self, affiliation: Affiliation) -> Done[Affiliation]:
        """Note a person's school or organisation. Raises `Invalid` when it was not open in those days."""
        check_affiliation(affiliation)
        with self._storage.writing() as work:
            self._open_then(work, affiliation)
            kept = work.families.add_affiliation(affiliation)
            work.commit()
        return Done(kept, TOUCHED, said="School noted.")

    def amend_affiliation(self, affiliation: Affiliation) -> Done[Affiliation]:
        """Change it, or end it by its last day."""
        check_affiliation(affiliation)
        with self._storage.writing() as work:
            self._open_then(work, affiliation)
            kept = work.families.amend_affiliation(affiliation)
            work.commit()
        return Done(kept, TOUCHED, said="School changed.")

    def remove_affiliation(self, key: UUID, version: int) -> Done[Affiliation]:
        """Take out one entered by mistake."""
        with self._storage.writing() as work:
            kept = work.families.remove_affiliation(key, version, self._clock())
            work.commit()
        return Done(kept, TOUCHED, said="School removed.")

    def put_back_affiliation(self, key: UUID, version: int) -> Done[Affiliation]:
        """Undo a removal."""
        with self._storage.writing() as work:
            kept = work.families.remove_affiliation(key, version, None)
            work.commit()
        return Done(kept, TOUCHED, said="School put back.")

    # -- what must stay hidden -------------------------------------------------------------------------------------

    def hide_address(self, address: HiddenAddress) -> Done[HiddenAddress]:
        """Keep an address that must not be disclosed, or change one; it is in no search and on no page."""
        check_hidden_address(address)
        with self._storage.writing() as work:
            kept = work.families.keep_hidden_address(address)
            work.commit()
        return Done(kept, TOUCHED, said="Address kept, and hidden.")

    def show_hidden_addresses(self, person: UUID) -> Done[tuple[HiddenAddress, ...]]:
        """What they say. That you looked is noted before you see them."""
        with self._storage.writing() as work:
            found = work.families.hidden_addresses(person, seen_by=work.person, seen_at=self._clock())
            work.commit()
        return Done(found, TOUCHED, said="That you looked is noted.")

    def safeguarding(self, person: UUID, words: str, *, key: UUID | None = None) -> Done[SafeguardingNote]:
        """Add a note for few eyes. `key`, made where it is typed, makes saving twice leave one."""
        with self._storage.writing() as work:
            note = SafeguardingNote(
                key=key or uuid4(), person=person, words=words, written_by=work.person, written_at=self._clock()
            )
            check_safeguarding(note)
            work.families.add_safeguarding_note(note)
            work.commit()
        return Done(note, TOUCHED, said="Safeguarding note kept.")

    def show_safeguarding(self, person: UUID) -> Done[tuple[SafeguardingNote, ...]]:
        """What they say, oldest first. That you looked is noted before you see them."""
        with self._storage.writing() as work:
            found = work.families.safeguarding_notes(person, seen_by=work.person, seen_at=self._clock())
            work.commit()
        return Done(found, TOUCHED, said="That you looked is noted.")

    # -- inside ----------------------------------------------------------------------------------------------------

    def _today(self) -> date:
        return local_day(self._clock())

    def _open_then(self, work: UnitOfWork, affiliation: Affiliation) -> None:
        """Nobody goes to a school that has closed, or has not opened yet."""
        first = affiliation.valid_from
        last = affiliation.valid_to or max(self._today(), first or self._today())
        for field, day in (("valid_from", first), ("organisation", last)):
            closed = why_closed(work, [affiliation.organisation], day) if day else {}
            if closed:
                raise Invalid({field: closed[affiliation.organisation]})
