"""Words of a file into terms of a list: codes or labels, in any case, with what is on no list counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ppsdesk.domain.imports import SEVERAL, Cell, UnknownValue, cell_text
from ppsdesk.domain.new_terms import LABEL_LIMIT, code_from
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell says: codes in its order without repeats, its words in one canonical form, and what to look at.

    `unknown` are values on no list (their new codes are among `codes`), `first` and `last` the days between which all
    its terms were offered, `trouble` why the cell cannot be used at all, or "".
    """

    codes: tuple[TermCode, ...] = ()
    canonical: str = ""
    unknown: tuple[str, ...] = ()
    first: date = date.min
    last: date = date.max
    trouble: str = ""

    @property
    def only(self) -> TermCode | None:
        """The term of a column that holds one."""
        return self.codes[0] if self.codes else None


@dataclass(slots=True)
class _Missing:
    term: Term
    count: int
    first_row: int


class TermColumn:
    """One column of a list. Every distinct cell is understood once; a file has few of them.

    A value is known by its code, by its label, or by the label up to a bracket or colon where only one term begins
    so: "Stage 3" for "Stage 3 (school-based, 1994 Code)", "Level 2" for "Level 2: …".
    """

    def __init__(self, column: str, vocabulary: Vocabulary, lists: Vocabularies) -> None:
        self._column = column
        self._vocabulary = vocabulary
        self._several = column in SEVERAL
        self._terms = lists.of(vocabulary)
        self._taken = {term.code for term in self._terms}
        self._by_words = _index(self._terms, lists)
        self._seen: dict[str, Found] = {"": Found()}
        self._missing: dict[str, _Missing] = {}

    def find(self, cell: Cell, row: int) -> Found:
        """What the cell says; unknown values are counted for the row."""
        text = cell if isinstance(cell, str) else cell_text(cell)
        found = self._seen.get(text)
        if found is None:
            found = self._seen[text] = self._understood(text, row)
        for words in found.unknown:
            self._missing[words].count += 1
        return found

    def unknown(self) -> tuple[UnknownValue, ...]:
        """Values on no list, most frequent first."""
        return tuple(
            UnknownValue(
                column=self._column,
                vocabulary=self._vocabulary,
                value=missing.term.label,
                count=missing.count,
                first_row=missing.first_row,
            )
            for missing in sorted(self._missing.values(), key=lambda one: (-one.count, one.first_row))
        )

    def new_terms(self) -> tuple[Term, ...]:
        """A term to check for each unknown value, in the order they were met."""
        return tuple(missing.term for missing in self._missing.values())

    def _understood(self, text: str, row: int) -> Found:
        typed = [" ".join(part.split()) for part in (text.split(";") if self._several else [text])]
        values = {value.casefold(): value for value in reversed(typed) if value}
        if any(len(value) > LABEL_LIMIT or "\x00" in value for value in values.values()):
            return Found(trouble=f"this is too long for an entry of the list ({LABEL_LIMIT} characters at most)")
        order = list(dict.fromkeys(value.casefold() for value in typed if value))
        terms = [self._by_words.get(words) or self._added(words, values[words], row) for words in order]
        return Found(
            codes=tuple(dict.fromkeys(term.code for term in terms)),
            canonical=";".join(order),
            unknown=tuple(words for words in order if words in self._missing),
            first=max((term.valid_from for term in terms if term.valid_from), default=date.min),
            last=min((term.valid_to for term in terms if term.valid_to), default=date.max),
        )

    def _added(self, words: str, label: str, row: int) -> Term:
        missing = self._missing.get(words)
        if missing is None:
            term = Term(
                vocabulary=self._vocabulary,
                code=code_from(label, self._taken),
                label=label,
                position=max((term.position for term in self._terms), default=0) + len(self._missing) + 1,
                to_check=True,
            )
            self._taken.add(term.code)
            missing = self._missing[words] = _Missing(term, 0, row)
        return missing.term


def _index(terms: tuple[Term, ...], lists: Vocabularies) -> dict[str, Term]:
    """Terms by every way to write them. Codes come before labels, labels before their beginnings.

    What a merged term was called means the one it was merged into.
    """
    by_words: dict[str, Term] = {term.code.casefold(): _meant(term, lists) for term in terms}
    # of two terms with one label the one still offered is meant
    for term in sorted(terms, key=lambda one: one.valid_to is not None):
        by_words.setdefault(_plain(term.label), _meant(term, lists))
    beginnings: dict[str, dict[TermCode, Term]] = {}
    for term in terms:
        beginning = _plain(term.label.partition(" (")[0].partition(": ")[0])
        meant = _meant(term, lists)
        beginnings.setdefault(beginning, {})[meant.code] = meant
    for words, those in beginnings.items():
        if len(those) == 1:
            by_words.setdefault(words, *those.values())
    return by_words


def _meant(term: Term, lists: Vocabularies) -> Term:
    return (lists.term(term.vocabulary, term.merged_into) or term) if term.merged_into else term


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
