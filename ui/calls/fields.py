"""A call as a form: the fields of the pad and of the page, and the way from them to what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from typing import TYPE_CHECKING, TypeVar

from ppsdesk.domain.calendar import occurs_twice
from ppsdesk.domain.codes import Direction
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary
from ui.kit.form import Field, Form
from ui.who.one_box import OneBox, Who

if TYPE_CHECKING:
    from ppsdesk.domain.calls import CallFacts
    from ui.kit.desk import Desk
    from ui.kit.tokens_editor import TermTokens

Values = Mapping[str, object]

# More than a name may have: what is too long is refused in words, never cut in silence.
_ANY_LENGTH = 32_767
WHEN = ("taken_on", "started_at", "later")
_PEOPLE = ("caller", "children")
_LISTS = {
    "caller_kind": Vocabulary.CALLER_KIND,
    "topics": Vocabulary.TOPIC,
    "stages": Vocabulary.STAGE,
    "child_stages": Vocabulary.STAGE,
    "advice": Vocabulary.ADVICE,
    "level": Vocabulary.LEVEL,
    "outcome": Vocabulary.OUTCOME,
    "how_heard": Vocabulary.HOW_HEARD,
    "line": Vocabulary.LINE,
    "method": Vocabulary.METHOD,
    "information": Vocabulary.INFORMATION,
    "signposted": Vocabulary.SIGNPOST,
    "area": Vocabulary.AREA,
}
NEW_CALLER = ("new_given", "new_family", "new_postcode")
ANONYMOUS = TermCode("ANON")
F = TypeVar("F", bound="CallFacts")


def first_field(desk: Desk) -> Field:
    """The one box: it is there before anything else, so that the first letter of a name finds its place."""
    return Field("caller", "Ca&ller", OneBox(desk))


def other_fields(desk: Desk, today: Callable[[], date], *, when: str, pad: bool) -> Iterator[Field]:
    """The fields in the order of a conversation: who, about whom, what about, notes, what next; what the desk presets
    comes last. Each is made when it is asked for.

    `when` is the label of day and time. The `pad` also asks what a new caller and the next step need. No access key is
    one of the menus' (C, E, F, G, H, V).
    """
    from ppsdesk.domain.calls import LONGEST
    from ui.calls.dates_line import DatesLine
    from ui.calls.next_step import step_fields
    from ui.calls.stages_editor import ChildStages
    from ui.kit.editors import (
        ClockEditor,
        CodePicker,
        DayEditor,
        NotesEditor,
        NumberEditor,
        TermPicker,
        TermTokens,
        TextEditor,
        TickEditor,
    )
    from ui.who.child_chips import ChildChips
    from ui.who.organisation_tokens import OrganisationTokens

    children, topics = ChildChips(desk), TermTokens(Vocabulary.TOPIC, keep_unknown=True)
    yield Field("caller_kind", "&Kind", TermPicker(Vocabulary.CALLER_KIND), required=True)
    yield Field("anonymous", "&Anonymous", TickEditor(), beside="caller_kind")
    if pad:
        yield from _new_caller()
    yield Field("phone", "Phone", TextEditor(limit=_ANY_LENGTH))
    yield Field("children", "Ch&ild", children)
    yield from _relation() if pad else [Field("child_name", "Child, in words", TextEditor(limit=_ANY_LENGTH))]
    yield Field("organisations", "&School", OrganisationTokens(desk))
    yield Field("topics", "&Topics", topics, required=True)
    yield Field("notes", "&Notes", NotesEditor(rows=3, most=12), wide=True)
    yield Field("outcome", "&Outcome", TermPicker(Vocabulary.OUTCOME))
    if pad:
        yield from step_fields(today)
        # last of what a call brings: whoever has no day for it comes by none of its keys
        yield Field("dates", "La&w dates", DatesLine(desk, topics, children, today), wide=True)
    yield Field("information", "Information", _several(Vocabulary.INFORMATION))
    yield Field("signposted", "Signposte&d", _several(Vocabulary.SIGNPOST))
    yield Field("advice", "Advice", _several(Vocabulary.ADVICE))
    yield Field("stages", "SEN stage", ChildStages(children), wide=True)
    yield Field("level", "Help level", TermPicker(Vocabulary.LEVEL))
    yield Field("area", "Area", TermPicker(Vocabulary.AREA))
    yield Field("line", "Line", TermPicker(Vocabulary.LINE), required=True)
    yield Field("method", "&Method", TermPicker(Vocabulary.METHOD))
    yield Field("direction", "Direction", CodePicker(Direction))
    yield Field("taken_by", "Taken &by", TextEditor(limit=_ANY_LENGTH))
    yield Field("minutes", "Min&utes", NumberEditor(maximum=LONGEST))
    yield Field("how_heard", "Hea&rd of us", TermPicker(Vocabulary.HOW_HEARD))
    yield Field("taken_on", when, DayEditor(today))
    yield Field("started_at", "Time", ClockEditor())
    yield Field("later", "The later of the two: the clocks went back", TickEditor())


def _new_caller() -> list[Field]:
    from ui.kit.editors import TextEditor

    return [
        Field("new_given", "Given names", TextEditor(limit=_ANY_LENGTH)),
        Field("new_family", "Family name", TextEditor(limit=_ANY_LENGTH)),
        Field("new_postcode", "Postcode", TextEditor(limit=_ANY_LENGTH)),
    ]


def _relation() -> list[Field]:
    from ui.kit.editors import TermPicker

    return [Field("relation", "Caller is the", TermPicker(Vocabulary.RELATIONSHIP))]


def _several(vocabulary: Vocabulary) -> TermTokens:
    from ui.kit.editors import TermTokens

    return TermTokens(vocabulary, with_main=False, keep_unknown=True)


def vocabulary_of(field: str) -> Vocabulary | None:
    """The list a fact of a call is taken from, None for what is written or ticked."""
    return _LISTS.get(field)


def offer_lists(form: Form, lists: Vocabularies, day: date) -> None:
    """Offer what a call of that day may choose, together with what the form holds already."""
    from ui.calls.stages_editor import ChildStages
    from ui.kit.editors import TermPicker, TermTokens

    for name in form.names():
        editor = form.editor(name)
        if isinstance(editor, TermPicker):
            held = editor.value()
            keeping = (TermCode(str(held)),) if held else ()
            editor.offer(lists.offered(editor.vocabulary, on=day, keeping=keeping), day)
        elif isinstance(editor, TermTokens):
            every = lists.of(editor.vocabulary)
            editor.offer(lists.offered(editor.vocabulary, on=day, keeping=editor.value()), day, every)
        elif isinstance(editor, ChildStages):
            every = lists.of(Vocabulary.STAGE)
            editor.offer(lists.offered(Vocabulary.STAGE, on=day, keeping=editor.codes()), day, every)


def direction_of(lists: Vocabularies, method: object) -> Direction | None:
    """What a method says about who rang whom, None where it says nothing."""
    said = next((term.direction for term in lists.of(Vocabulary.METHOD) if term.code == method), "")
    return Direction(said) if said else None


def day_of(form: Form, otherwise: date) -> date:
    """The day that stands in the form."""
    day = form.editor("taken_on").value()
    return day if isinstance(day, date) else otherwise


def follow_clock_change(form: Form, otherwise: date) -> None:
    """Ask which of two is meant while the form holds a time that occurred twice, and not otherwise."""
    clock = form.editor("started_at").value()
    twice = isinstance(clock, time) and occurs_twice(day_of(form, otherwise), clock)
    if not twice:
        form.editor("later").set_value(False)
    form.show_field("later", twice)


def follow_name(form: Form) -> None:
    """Somebody with a name is not anonymous; somebody of the kind "Anonymous" is."""
    box, tick = form.editor("caller"), form.editor("anonymous")
    who = box.value()
    named = who is not None and not (isinstance(who, Who) and who.reference and not who.name)
    tick.setEnabled(not named or bool(tick.value()))
