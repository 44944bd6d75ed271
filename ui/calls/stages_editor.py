"""The SEN stage of each child a call is about: one field for one child, and one for each where there are several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calls import CallFacts, ChildStage
from ppsdesk.domain.vocabulary import Term, TermCode
from ui.calls.stage_fields import Content, StageField, StageFields, StageTokens, content_with, says
from ui.kit.editor import Editor
from ui.kit.words import apart
from ui.who.child_chips import ChildChips, Children

NOT_SAID = "Child not said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """Which of the children on record is at which stage, and the stages of children who are not on record."""

    of: tuple[ChildStage, ...] = ()
    others: tuple[TermCode, ...] = ()


def stages_of(facts: CallFacts) -> Stages:
    """Those of a call, as the editor holds them."""
    return Stages(of=facts.child_stages, others=facts.stages)


def stage_facts(held: object, shown: object, about: Sequence[UUID]) -> dict[str, Any]:
    """What a call keeps of them. `shown` are the children of the form, `about` those of the call: a young person who
    rings about themselves stands on no chip."""
    stages = held if isinstance(held, Stages) else Stages()
    on_chips = isinstance(shown, Children) and bool(shown.all_keys)
    if len(about) == 1 and not on_chips:
        of = tuple(ChildStage(child=about[0], stage=code) for code in stages.others)
        return {"stages": (), "child_stages": of}
    return {"stages": stages.others, "child_stages": tuple(one for one in stages.of if one.child in about)}


class ChildStages(Editor):
    """Follows the children's field: a child that is taken out takes its stage along and has it again when it is chosen
    anew; what was entered for the others stays. What was entered before any child was chosen is the first one's.

    Stages of nobody knows which child, as calls of the time before have them, stand in a field of their own.
    """

    def __init__(self, children: ChildChips, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._children = children
        self._shown: tuple[UUID | None, ...] = (None,)
        self._held: dict[UUID | None, Content] = {}
        self._known: Mapping[UUID, tuple[TermCode, ...]] = {}
        self._lent: tuple[UUID, Content] | None = None
        self._offered: frozenset[TermCode] = frozenset()
        self._said = ("stages", "SEN stage", "")
        self._moving = False
        self.side_by_side = StageFields(self)
        self._row.addWidget(self.side_by_side, 1)
        self.side_by_side.edited.connect(self._field_edited)
        self.side_by_side.left.connect(self.left)
        self.side_by_side.submitted.connect(self.submitted)
        children.shown.connect(self.follow)

    # -- what the screen says ------------------------------------------------------------------------------------------

    def offer(self, terms: Sequence[Term], on: date, every: Sequence[Term]) -> None:
        """The stages to choose from on that day, and the whole list."""
        self._offered = frozenset(term.code for term in terms if term.offered_on(on) and not term.no_answer)
        self.side_by_side.offer(terms, on, every)

    def know(self, stages: Mapping[UUID, tuple[TermCode, ...]]) -> None:
        """The stages children were at when somebody last rang about them: filled in where nothing was entered."""
        self._known = stages
        self.follow()

    def follow(self) -> None:
        """The children, as they are chosen now."""
        now = tuple(child for child, _ in self._children.chosen())
        with self._one_edit():
            before = tuple(child for child in self._shown if child is not None)
            self._collect()
            self._lend(before, now)
            self._fill_known(now)
            self._show(now)

    def new_terms(self) -> tuple[Term, ...]:
        """Stages that are in no list, to be added with the call; each once."""
        found = {term.code: term for field in reversed(self.fields()) for term in field.new_terms()}
        return tuple(found.values())

    def codes(self) -> tuple[TermCode, ...]:
        """Every stage that stands here."""
        return tuple(code for field in self.fields() for code in field.value())

    def fields(self) -> tuple[StageTokens, ...]:
        """The fields one sees, in the order of the chips."""
        return self.side_by_side.fields()

    # -- as every editor -----------------------------------------------------------------------------------------------

    @property
    def keys(self) -> QWidget:
        """The line that has the keyboard, else the first that cannot be read, else the first."""
        for field in self.fields():
            if field.keys.hasFocus():
                return field.keys
        return next((field.keys for field in self.fields() if field.trouble()), self.stops[0])

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The line of each field."""
        return self.side_by_side.lines()

    @property
    def wants_line(self) -> bool:
        """With several fields."""
        return len(self._shown) > 1

    def value(self) -> Stages:
        """By child in the order of the chips, and those of others."""
        held = list(zip(self._shown, self.fields(), strict=True))
        of = tuple(ChildStage(child=child, stage=code) for child, field in held if child for code in field.value())
        return Stages(of=of, others=tuple(code for child, field in held if child is None for code in field.value()))

    def set_value(self, value: object) -> None:
        """Show these: `Stages`, or codes that are nobody's but an only child's. None for none."""
        stages = value if isinstance(value, Stages) else Stages(others=value if isinstance(value, tuple) else ())
        held: dict[UUID | None, Content] = {None: content_with(stages.others)}
        for one in stages.of:
            held[one.child] = content_with(each.stage for each in stages.of if each.child == one.child)
        self._begin_with(held)

    def content(self) -> object:
        """As a field of several terms, and so for each child that has something."""
        self._collect()
        children = {str(child): self._held[child] for child in self._shown if child and says(self._held.get(child))}
        return self._held.get(None, content_with(())) | ({"children": children} if children else {})

    def restore(self, content: object) -> None:
        """What `content` gave; a draft of the time before has the stages alone."""
        kept = dict(content) if isinstance(content, dict) else {}
        children = kept.pop("children", {})
        held: dict[UUID | None, Content] = {UUID(str(key)): dict(each) for key, each in dict(children).items()}
        self._begin_with({**held, None: content_with(()) | kept})

    def is_empty(self) -> bool:
        """No stage at all."""
        return not self.codes()

    def trouble(self) -> str:
        """Of the first field that has one."""
        return next((words for field in self.fields() if (words := field.trouble())), "")

    def set_wrong(self, wrong: bool) -> None:
        """Look wrong, or right again."""
        self.side_by_side.set_wrong(wrong, self._said[2])

    def name(self, name: str, words: str, description: str = "") -> None:
        """With the child's name behind the words where there are several."""
        self._said = (name, words, description)
        self.setObjectName(name)
        self.follow()

    # -- children come and go ------------------------------------------------------------------------------------------

    def _begin_with(self, held: dict[UUID | None, Content]) -> None:
        now = tuple(child for child, _ in self._children.chosen())
        with self._one_edit():
            self._held, self._known, self._lent = held, {}, None
            self._lend((), now)
            self._show(now)

    def _lend(self, before: Sequence[UUID], now: Sequence[UUID]) -> None:
        """What was entered before any child was chosen is the first one's, as long as there is one."""
        nobodys = self._held.get(None)
        if len(now) == 1 and not before and nobodys and says(nobodys) and not says(self._held.get(now[0])):
            self._lent = (now[0], nobodys)
            self._held |= {now[0]: nobodys, None: content_with(())}
        elif not now and self._lent is not None:
            child, lent = self._lent
            if self._held.get(child) == lent:
                self._held |= {child: content_with(()), None: lent}
            self._lent = None

    def _fill_known(self, children: Sequence[UUID]) -> None:
        for child in children:
            codes = [code for code in self._known.get(child, ()) if code in self._offered]
            if codes and child not in self._held:
                self._held[child] = content_with(codes)

    def _collect(self) -> None:
        for child, field in zip(self._shown, self.fields(), strict=True):
            content = field.content()
            assert isinstance(content, dict)
            if says(content) or child in self._held:
                self._held[child] = content

    def _show(self, children: tuple[UUID, ...]) -> None:
        wanted = self.wants_line
        nobodys = not children or says(self._held.get(None))
        self._shown = (*children, None) if nobodys else children
        name, words, description = self._said
        names = dict(self._children.chosen())
        fields = []
        for child in self._shown:
            head = "" if not self.wants_line else NOT_SAID if child is None else names[child]
            spoken = f"{words}, {NOT_SAID.lower()}" if child is None else f"{words} of {apart(names[child])}"
            content = self._held.get(child, content_with(()))
            fields.append(
                StageField(
                    head=head, words=spoken if self.wants_line else words, one=child is not None, content=content
                )
            )
        self.side_by_side.show_fields(fields, name, description)
        if self.wants_line != wanted:
            self.reshaped.emit()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _field_edited(self) -> None:
        if not self._moving:
            self.edited.emit()

    @contextmanager
    def _one_edit(self) -> Iterator[None]:
        """Whatever is put where, it is one change, and none if everything stands as before."""
        before = self.content()
        self._moving = True
        try:
            yield
        finally:
            self._moving = False
        if self.content() != before:
            self.edited.emit()
