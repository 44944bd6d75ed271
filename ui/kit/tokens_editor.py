"""Several terms of one list in one field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.new_terms import LABEL_LIMIT, term_to_check
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from ui.kit.listed import KEYS
from ui.kit.matching import found_by, plain
from ui.kit.pickers import Offered
from ui.kit.suggestions import Suggestion
from ui.kit.tokens import KEEP, Tokens
from ui.kit.words import apart

MAIN = "Main: "


class TermTokens(Tokens):
    """Terms as chips in the order they were taken; with `with_main` the first is the main one, and says so.

    Typing searches code and words in any order. Ctrl+Up makes a chip the main one, and in the list takes a term as the
    main one. With `keep_unknown` words of no term can be kept as a new one, to be checked: `new_terms`.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        parent: QWidget | None = None,
        *,
        with_main: bool = True,
        keep_unknown: bool = False,
    ) -> None:
        self.vocabulary = vocabulary
        self._with_main = with_main
        self._keep_unknown = keep_unknown
        self._terms = Offered()
        self._every: tuple[Term, ...] = ()
        self._new: dict[str, Term] = {}
        self.hint = KEYS + (" · Ctrl+Up as the main one" if with_main else "")
        super().__init__(parent)

    def offer(self, terms: Sequence[Term], on: date | None = None, every: Sequence[Term] = ()) -> None:
        """The terms to choose from. Those that are not offered on that day are there because the record has them.

        `every` is the whole list, ended terms too: a new term must not take the code of an old one.
        """
        early = not self._terms.terms
        self._terms.take(terms, on)
        self._every = (*every, *terms)
        self._show_chips()
        if early and self.line.hasFocus() and self.line.text():
            self._typed(self.line.text())  # typed while the lists were still on their way

    def value(self) -> tuple[TermCode, ...]:
        """The stored codes, the main one first; those of `new_terms` too."""
        return tuple(TermCode(code) for code in self._chosen)

    def new_terms(self) -> tuple[Term, ...]:
        """The terms to be added with the record, in the order they were taken: kept though they are in no list."""
        known = {term.code for term in self._every}
        return tuple(self._new[code] for code in self._chosen if code in self._new and code not in known)

    def content(self) -> object:
        """Codes, what is half typed, and the words of new terms."""
        new = {code: term.label for code, term in self._new.items() if code in self._chosen}
        return {"codes": list(self._chosen), "typed": self.line.text()} | ({"new": new} if new else {})

    def restore(self, content: object) -> None:
        """What `content` gave."""
        new = content.get("new") if isinstance(content, dict) else None
        if isinstance(new, dict):
            for code, label in new.items():
                self._new[code] = term_to_check(self.vocabulary, str(label), self._every, code=TermCode(code))
        super().restore(content)

    def words(self, code: str) -> str:
        """The term's words; marked when it is new, or no longer offered."""
        new = self._new.get(code)
        known = any(term.code == code for term in self._terms.terms)
        return f"{new.shown} (to check)" if new and not known else self._terms.words(code)

    def chips(self) -> list[tuple[str, str, str]]:
        """The main one first, and marked so."""
        chips = super().chips()
        if chips and self._with_main:
            code, words, _ = chips[0]
            chips[0] = (code, f"{MAIN}{apart(words)}", "info")
        return chips

    def take(self, code: str, *, main: bool = False) -> None:
        """Add a term, or make one that is there the main one."""
        others = [kept for kept in self._chosen if kept != code]
        codes = self._chosen if code in others or (code in self._chosen and not main) else [*others, code]
        said = f"{self.words(code)} {'is the main one' if main else 'taken'}."
        self._taken([code, *others] if main else codes, said)

    def pick(self, code: str) -> None:
        """A term, or the words themselves where they are to be kept."""
        self.take(self._kept(self.line.text()) if code == KEEP else code)

    def search(self, typed: str) -> None:
        """Terms by code and words."""
        free = [term for term in self._terms.open_terms() if term.code not in self._chosen]
        rows: list[Suggestion] = [(str(term.code), term.shown, term.group) for term in free]
        found = found_by(typed, rows, key=_searched)
        words = " ".join(typed.split())
        if self._keep_unknown and self._may_keep(words):
            found.append((KEEP, f"Not in the list: keep “{words}” to check", ""))
        self.open_rows(found)

    def _may_keep(self, words: str) -> bool:
        labels = {plain(term.label) for term in (*self._terms.open_terms(), *self._new.values())}
        return bool(words) and len(words) <= LABEL_LIMIT and "\0" not in words and plain(words) not in labels

    def _kept(self, typed: str) -> str:
        term = term_to_check(self.vocabulary, " ".join(typed.split()), (*self._every, *self._new.values()))
        self._new[term.code] = term
        return term.code

    def key_in_list(self, key: int, *, ctrl: bool) -> bool:
        """With Ctrl+Up, which takes as the main one."""
        assert self._list is not None
        if key == Qt.Key.Key_Up and ctrl and self._with_main:
            code = self._list.current_code()
            self.take(self._kept(self.line.text()) if code == KEEP else code, main=True)
            return True
        return super().key_in_list(key, ctrl=ctrl)

    def key_on_chips(self, key: int, *, ctrl: bool) -> bool:
        """With Ctrl+Up, which makes it the main one."""
        at = self.frame.pointed
        if key == Qt.Key.Key_Up and ctrl and self._with_main and self._chosen:
            self.take(self._chosen[-1 if at is None else at], main=True)
            return True
        return super().key_on_chips(key, ctrl=ctrl)

    def pointed_words(self, at: int) -> str:
        """With the key that makes it the main one."""
        words = super().pointed_words(at)
        return words.replace(" Delete", " Ctrl+Up makes it the main one, Delete") if self._with_main and at else words


def _searched(row: Suggestion) -> tuple[str, str]:
    code, words, more = row
    return code, f"{words} {more}"
