"""The screens of calls with practice data and with awkward data, for people to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast
from uuid import uuid4

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import ChildStage, facts_of
from ppsdesk.domain.codes import AlertKind, Direction, PersonKind
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import StorageUnavailable
from ppsdesk.domain.families import Alert, Relationship
from ppsdesk.domain.people import NewPerson
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.typed_box import take_apart
from ppsdesk.domain.vocabulary import TermCode, Vocabulary
from tests.builders import a_call
from tests.scenes._stage import desk_on, settled
from ui.calls.call_page import CallPage
from ui.calls.calls_page import CallsPage
from ui.calls.conflict import ConflictDialog
from ui.calls.drafts_bar import DraftsBar
from ui.calls.pad import CallPad
from ui.calls.pads import CallPads
from ui.calls.stages_editor import Stages
from ui.who.child_chips import Children

LONG = "Oluwaṣeyifunmi Thistledown-Featherstonehaugh of Upper Barleycombe and Lower Copperthwaite"
HOSTILE = '<img src="x"> Mum said <b>urgent & &Save \u202eevil'
NOTES = "Asked: council refused to assess, letter of 12 November.\nDone so far: spoke to the SENCO, kept all letters."


def _fill(pad: CallPad, **values: object) -> None:
    for name, value in values.items():
        pad.form.editor(name).set_value(value)
        pad.form.edited.emit(name)


def _new_caller(pad: CallPad, typed: str) -> None:
    pad.form.box.restore(typed)
    pad.form.box.typed_new.emit(take_apart(typed, pad.form.today()))


def empty_pad(services: Services) -> QWidget:
    """As F8 opens it."""
    pad = CallPad(desk_on(services))
    pad.start_new()
    return pad


def filled_pad(services: Services) -> QWidget:
    """In the middle of a call."""
    pad = cast(CallPad, empty_pad(services))
    _new_caller(pad, "Bryony Meadowlark 07700 900123")
    _fill(
        pad,
        caller_kind="PARENT",
        topics=("refusal-to-assess", "draft-plan"),
        notes=NOTES,
        children=Children(new=(NewPerson(key=uuid4(), kind=PersonKind.CHILD, given_names="Cai"),)),
        stages=("EHCNA_REQ",),
    )
    return pad


def pad_about_four(services: Services) -> QWidget:
    """Each child has its own SEN stage."""
    pad = cast(CallPad, filled_pad(services))
    names = ("Cai", "Nia", "Oluwaṣeyifunmi", "Wren")
    children = [NewPerson(key=uuid4(), kind=PersonKind.CHILD, given_names=name) for name in names]
    _fill(pad, children=Children(new=tuple(children)))
    stages = zip(children, ("SENSUP", "EHCNA_REQ", "EHCP"), strict=False)
    _fill(pad, stages=Stages(of=tuple(ChildStage(child=child.key, stage=TermCode(code)) for child, code in stages)))
    pad.form.focus_field("stages")
    return pad


def pad_dates(services: Services) -> QWidget:
    """The day of a letter in a call about four children, for one of them, with what lifts a limit."""
    pad = cast(CallPad, pad_about_four(services))
    dates = pad.form.editor("dates")
    dates.restore({"happening": "request", "days": {"request": "1/9/26"}, "lifted": "EX_ABSENT"})
    pad.form.focus_field("dates")
    return pad


def awkward_pad(services: Services) -> QWidget:
    """Long names, hostile text, every field used, late entry in the hour that occurs twice."""
    pad = cast(CallPad, filled_pad(services))
    _new_caller(pad, LONG)
    _fill(
        pad,
        outcome="call-back-promised",
        children=Children(new=(NewPerson(key=uuid4(), kind=PersonKind.CHILD, given_names=HOSTILE),)),
        notes=f"{HOSTILE}\n" * 9,
        taken_on=datetime(2026, 10, 25, tzinfo=UTC).date(),
        started_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC).time(),
        minutes=12,
        topics=tuple(t.code for t in services.vocabularies.all().of(Vocabulary.TOPIC)[:9]),
    )
    pad.form.show_all_of_it()
    return pad


def anonymous_pad(services: Services) -> QWidget:
    """Somebody without a name, with a reference to write down."""
    pad = cast(CallPad, empty_pad(services))
    _fill(pad, anonymous=True)
    return pad


def known_pad(services: Services) -> QWidget:
    """Somebody on record was taken: alerts, consent, children, school."""
    mother = NewPerson(key=uuid4(), given_names="Bryony", family_name="Copperlark")
    children = [
        NewPerson(key=uuid4(), kind=PersonKind.CHILD, given_names=name, family_name="Copperlark", born_on=born)
        for name, born in (("Cai", date(2018, 3, 4)), ("Elin", date(2021, 6, 7)))
    ]
    for person in (mother, *children):
        services.people.add(person)
    for child in children:
        tie = Relationship(key=uuid4(), person=mother.key, other=child.key, kind=TermCode("mother"))
        services.families.relate(tie)
    services.families.alert(
        Alert(key=uuid4(), person=mother.key, kind=AlertKind.SAFE_CONTACT, words="No voicemail. Text only.")
    )
    pad = cast(CallPad, empty_pad(services))
    pad.people.call_about(mother.key, "Bryony Copperlark")
    return pad


def two_calls(services: Services) -> QWidget:
    """One parked, one being written."""
    pads = CallPads(desk_on(services))
    pads.start_new()
    _fill(pads.current, notes=NOTES)
    pads.on_park()
    pads.prepare()
    return pads


def wrong_pad(services: Services) -> QWidget:
    """Saved with nothing in it."""
    pad = cast(CallPad, empty_pad(services))
    pad.form.lists_came.connect(pad.save)
    pad.form.build_on()
    return pad


def failed_pad(services: Services) -> QWidget:
    """The server did not answer."""
    pad = cast(CallPad, filled_pad(services))
    error = StorageUnavailable(
        "The database server did not answer.", hint="What you typed is still here; save again in a moment."
    )
    pad._not_saved(error)
    return pad


def drafts_bar(services: Services) -> QWidget:
    """After a crash."""
    for name in ("Bryony Meadowlark", LONG):
        services.drafts.keep(
            Draft(
                key=uuid4(),
                person=services.person,
                window="gone",
                started_at=services.clock(),
                kept_at=services.clock(),
                content={
                    "caller": {"who": None, "text": name},
                    "topics": {"codes": ["draft-plan", "transport"]},
                    "notes": NOTES,
                },
            )
        )
    frame = QWidget()
    QVBoxLayout(frame).addWidget(DraftsBar(desk_on(services), frame))
    return frame


def calls_list(services: Services) -> QWidget:
    """All calls."""
    return CallsPage(desk_on(services))


def filtered_list(services: Services) -> QWidget:
    """As opened from a figure."""
    page = CallsPage(desk_on(services))
    today = services.clock().date()
    chosen = Selection(first=today.replace(month=1, day=1), last=today).narrowed(Vocabulary.LINE, TermCode("central"))
    page.show_selection(replace(chosen, to_complete=True))
    return page


def nothing_found(services: Services) -> QWidget:
    """A filter that fits no call."""
    page = CallsPage(desk_on(services))
    page.show_selection(Selection(words="zzz", taken_by=HOSTILE))
    return page


def one_call(services: Services) -> QWidget:
    """A call of the practice data."""
    page = CallPage(desk_on(services))
    page.open_call(services.calls.ids(Selection(), limit=1)[0])
    return page


def awkward_call(services: Services) -> QWidget:
    """Hostile text, over the October hour, changed three times, with its history open."""
    call = a_call(
        caller_name=LONG,
        child_name=HOSTILE,
        notes=HOSTILE,
        direction=Direction.OUT,
        taken_on=datetime(2026, 10, 25, tzinfo=UTC).date(),
        started_at=datetime(2026, 10, 25, 0, 50, tzinfo=UTC),
        ended_at=datetime(2026, 10, 25, 1, 10, tzinfo=UTC),
        minutes=None,
    )
    call_id = services.calls.log(call).value
    saved = services.calls.get(call_id)
    other = replace(
        facts_of(saved), topics=(TermCode("draft-plan"), *saved.topics), notes=f"{HOSTILE}\n{NOTES}", phone="1"
    )
    services.calls.amend(call_id, saved.version, other)
    page = CallPage(desk_on(services))
    page.open_call(call_id)
    QTimer.singleShot(200, page.on_history)
    return page


def removed_call(services: Services) -> QWidget:
    """A call entered by mistake."""
    call_id = services.calls.log(a_call()).value
    services.calls.remove(call_id, 1)
    page = CallPage(desk_on(services))
    page.open_call(call_id)
    return page


def conflict(services: Services) -> QWidget:
    """Two people, one call."""
    before = facts_of(a_call(phone="07700 900111", notes="Asked about transport.", minutes=None))
    theirs = replace(
        before,
        notes=f"Asked about transport. {HOSTILE}",
        outcome=None,
        topics=(TermCode("draft-plan"),),
        child_name=LONG,
    )
    yours = replace(
        before, notes=f"{NOTES} {LONG}", phone="07700 900123", minutes=20, minutes_by_hand=True, ended_at=None
    )
    return ConflictDialog(
        before, theirs, yours, who="priya changed this call while you had it open.", lists=services.vocabularies.all()
    )


def _ready(scene: Callable[[Services], QWidget], height: int) -> Callable[[Services], QWidget]:
    """The scene at a window's width, with its answers there."""

    def made(services: Services) -> QWidget:
        widget = scene(services)
        widget.resize(1080, height)
        widget.show()
        return settled(settled(widget))

    return made


PAD, PAGE, BAR = 520, 720, 120
SCENES: dict[str, Callable[[Services], QWidget]] = {
    "pad_empty": _ready(empty_pad, PAD),
    "pad_filled": _ready(filled_pad, PAD),
    "pad_about_four": _ready(pad_about_four, PAD),
    "pad_dates": _ready(pad_dates, PAD),
    "pad_awkward": _ready(awkward_pad, PAD),
    "pad_anonymous": _ready(anonymous_pad, PAD),
    "pad_known": _ready(known_pad, PAD),
    "pad_two_calls": _ready(two_calls, PAD),
    "pad_wrong": _ready(wrong_pad, PAD),
    "pad_failed": _ready(failed_pad, PAD),
    "drafts_bar": _ready(drafts_bar, BAR),
    "calls": _ready(calls_list, PAGE),
    "calls_filtered": _ready(filtered_list, PAGE),
    "calls_nothing_found": _ready(nothing_found, PAGE),
    "call": _ready(one_call, PAGE),
    "call_awkward": _ready(awkward_call, PAGE),
    "call_removed": _ready(removed_call, PAGE),
    "call_conflict": _ready(conflict, PAGE),
}
