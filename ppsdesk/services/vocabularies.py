"""The lists people choose from: reading them, and keeping them up. Nothing is ever deleted from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ppsdesk.domain.calendar import Clock, local_day, plain_day
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import Conflict, Refused
from ppsdesk.domain.list_checks import check_group, check_label, check_last_day, check_next_step, check_only_one
from ppsdesk.domain.new_terms import code_from
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary
from ppsdesk.storage.work import Storage

TOUCHED = frozenset({Topic.VOCABULARIES})
COUNTED = TOUCHED | {Topic.CALLS}  # what a call counts as changes lists and figures of calls


class VocabularyDesk:
    """The lists. They are small and asked for whole.

    Every change of an entry takes the `version` it was read at, raises `Conflict` with the entry as it now is when
    somebody changed it since, and can be taken back: a merge by `unmerge`, an order by the order before, anything
    else by `put_back`.
    """

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def all(self) -> Vocabularies:
        """Every list as it stands."""
        with self._storage.reading() as work:
            return work.vocabularies.all()

    def add(self, term: Term) -> Done[Term]:
        """Add an entry, at the end of its list unless it says where; without a code it gets one made of its words.

        Raises `Invalid` for words that are none, do not fit or are in the list already, `Conflict` for a code that
        another entry bears. Adding the same code and words again, as after an answer that was lost, leaves one.
        """
        check_label(term.label)
        check_group(term.group)
        with self._storage.writing() as work:
            lists = work.vocabularies.all()
            new = _completed(term, lists)
            there = lists.term(new.vocabulary, new.code)
            if there is None:
                check_only_one(new.label, new.vocabulary, lists)
                work.vocabularies.add_missing([new])
            elif there.label != new.label:
                raise _same_code(there)
            added = work.vocabularies.get(new.vocabulary, new.code)
            work.commit()
        return Done(added, TOUCHED, said=f"“{added.shown}” added.")

    def rename(self, vocabulary: Vocabulary, code: TermCode, version: int, label: str) -> Done[Term]:
        """Call an entry something else, on old records too. Whoever renames it has looked at it: nothing to check."""
        label = " ".join(label.split())
        check_label(label)

        def change(term: Term, lists: Vocabularies) -> dict[str, Any]:
            check_only_one(label, vocabulary, lists, but=term)
            return {"label": label, "to_check": False}

        before, done = self._change(vocabulary, code, version, change)
        return replace(done, said=f"“{before.shown}” is now “{done.value.shown}”.")

    def accept(self, vocabulary: Vocabulary, code: TermCode, version: int) -> Done[Term]:
        """Say that an entry which an import or a call added is right as it is."""
        _, done = self._change(vocabulary, code, version, lambda _term, _lists: {"to_check": False})
        return replace(done, said=f"“{done.value.shown}” checked.")

    def end(self, vocabulary: Vocabulary, code: TermCode, version: int, day: date) -> Done[Term]:
        """Give an entry its last day: records of later days are not offered it, older ones keep it."""

        def change(term: Term, _lists: Vocabularies) -> dict[str, Any]:
            _refuse_merged(term)
            check_last_day(term, day)
            return {"valid_to": day}

        _, done = self._change(vocabulary, code, version, change)
        return replace(done, said=f"“{done.value.shown}” ends on {plain_day(day)}.")

    def reopen(self, vocabulary: Vocabulary, code: TermCode, version: int) -> Done[Term]:
        """Take the last day of an entry away. Raises `Invalid` when another bears its words meanwhile."""

        def change(term: Term, lists: Vocabularies) -> dict[str, Any]:
            _refuse_merged(term)
            check_only_one(term.label, vocabulary, lists, but=term)
            return {"valid_to": None}

        _, done = self._change(vocabulary, code, version, change)
        return replace(done, said=f"“{done.value.shown}” is offered again.")

    def set_next_step(
        self,
        vocabulary: Vocabulary,
        code: TermCode,
        version: int,
        *,
        next_step: str = "",
        next_days: int | None = None,
        next_owner: str = "",
    ) -> Done[Term]:
        """Say what follows from an outcome: a `StepKind` value after so many days for a `StepOwner` value, or nothing.

        Raises `Invalid` for what is none of these, `Refused` for a list that decides no next step.
        """
        check_next_step(vocabulary, next_step, next_days, next_owner)
        values = {"next_step": next_step, "next_days": next_days, "next_owner": next_owner}
        _, done = self._change(vocabulary, code, version, lambda _term, _lists: values)
        return replace(done, said=f"What follows from “{done.value.shown}” changed.")

    def put_back(self, before: Term, version: int) -> Done[Term]:
        """Undo a change of one entry: what it says becomes what `before` said. `version` is that after the change."""

        def change(term: Term, _lists: Vocabularies) -> dict[str, Any]:
            if term.merged_into != before.merged_into:
                raise Refused(f"“{term.shown}” was merged meanwhile.", hint="Nothing was changed.")
            names = ("label", "valid_from", "valid_to", "to_check", "next_step", "next_days", "next_owner")
            return {name: getattr(before, name) for name in names}

        _, done = self._change(before.vocabulary, before.code, version, change)
        return replace(done, said=f"“{done.value.shown}” is as it was.")

    def reorder(
        self, vocabulary: Vocabulary, codes: Sequence[TermCode], *, seen: Sequence[TermCode] = ()
    ) -> Done[Vocabularies]:
        """Put entries in this order. They may be some of the list only: the others stay in their places.

        Undone by the order before. Raises `Conflict`, with all lists as they now are, when an entry is not there or
        these no longer stand in the order that was `seen`.
        """
        with self._storage.writing() as work:
            work.vocabularies.reorder(vocabulary, codes, seen)
            lists = work.vocabularies.all()
            work.commit()
        return Done(lists, TOUCHED, said=f"{vocabulary.label}: order changed.")

    def merge(
        self, vocabulary: Vocabulary, code: TermCode, into: TermCode, *, version: int | None = None
    ) -> Done[Term]:
        """Let an entry count as another from now on, in every figure and list. Records keep what they were given.

        It is offered no more. What counted as it counts as the other too. Where `into` counts as a third entry, that
        one is meant. Raises `Refused` where the two cannot be one. `version` None does not ask whether it changed.
        """
        with self._storage.writing() as work:
            term = work.vocabularies.get(vocabulary, code)
            day = local_day(self._clock())
            merged = work.vocabularies.merge(term, into, term.version if version is None else version, day)
            lists = work.vocabularies.all()
            work.commit()
        said = f"“{merged.shown}” now counts as “{lists.label(vocabulary, merged.merged_into)}”."
        return Done(merged, COUNTED, said=said)

    def unmerge(self, vocabulary: Vocabulary, code: TermCode, *, version: int | None = None) -> Done[Term]:
        """Undo `merge`: the entry counts as itself, is offered as long as before, and what counted as it does again."""
        with self._storage.writing() as work:
            term = work.vocabularies.get(vocabulary, code)
            alone = work.vocabularies.unmerge(term, term.version if version is None else version)
            work.commit()
        return Done(alone, COUNTED, said=f"“{alone.shown}” counts as itself again.")

    def _change(
        self,
        vocabulary: Vocabulary,
        code: TermCode,
        version: int,
        values: Callable[[Term, Vocabularies], dict[str, Any]],
    ) -> tuple[Term, Done[Term]]:
        """Change one entry to the values that are right for it as it stands; as it was, and what was done."""
        with self._storage.writing() as work:
            lists = work.vocabularies.all()
            before = work.vocabularies.get(vocabulary, code)
            done = work.vocabularies.change(before, version, values(before, lists))
            work.commit()
        return before, Done(done, TOUCHED)


def _completed(term: Term, lists: Vocabularies) -> Term:
    """The entry with its words tidied, a code and a place."""
    those = lists.of(term.vocabulary)
    label = " ".join(term.label.split())
    return replace(
        term,
        label=label,
        code=term.code or code_from(label, {one.code for one in those}),
        position=term.position or max((one.position for one in those), default=0) + 1,
        merged_into=None,
    )


def _same_code(there: Term) -> Conflict:
    hint = "Nothing was added. Choose another code."
    return Conflict(f"“{there.shown}” bears this code already.", hint=hint, theirs=there)


def _refuse_merged(term: Term) -> None:
    if term.merged_into is not None:
        raise Refused(
            f"“{term.shown}” counts as another entry, so it is not offered.", hint="Take the merge back first."
        )
