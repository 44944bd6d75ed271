"""Settings: applied at once and kept as soon as one stops typing, so that there is nothing to save."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QWidget

from ppsdesk.domain.calendar import local_clock, local_day
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.vocabulary import Vocabularies, Vocabulary
from ppsdesk.services.settings import Settings, ThemeMode
from ui.kit.desk import Desk
from ui.kit.editors import CodePicker, TermPicker, TextEditor
from ui.kit.form import Field, Form
from ui.kit.page import Page
from ui.kit.page_body import PageBody
from ui.kit.parts import Card, page_scroll
from ui.kit.theme import switch, system_mode
from ui.settings.records_card import RecordsCard
from ui.settings.service_card import ServiceCard
from ui.settings.text_size import TextSize

PAUSE = 600  # milliseconds without a key after which what was typed is kept
AT_ONCE = ("theme", "text_scale")
FROM_LISTS = {"line": Vocabulary.LINE, "method": Vocabulary.METHOD}


class SettingsPage(Page):
    """`kept` is told when what was changed is on the disk; `server_wanted` asks for another server, `file_wanted`
    for the file on this computer."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.SETTINGS, Topic.VOCABULARIES})
    title: ClassVar[str] = "Settings"

    kept = Signal()
    server_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._shown: dict[str, object] = {}
        self._read: Settings | None = None
        self._lists: Vocabularies | None = None
        self._edits = self._saving = 0
        self.form = Form(_fields(desk), goal="this can be kept")
        self.form.edited.connect(self._edited)
        self.form.submitted.connect(self.on_save)
        self.records = RecordsCard(desk)
        self.records.server_wanted.connect(self.server_wanted)
        self.records.file_wanted.connect(self.file_wanted)
        self.whole_service = ServiceCard(desk)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.on_save)
        card = Card("This desk")
        card.add(self.form)
        self.body.addWidget(page_scroll(PageBody(card, self.records, self.whole_service)))
        self.set_line("What is changed for this desk is kept at once; there is nothing to save.")

    def focus_first(self) -> None:
        """On the first setting."""
        self.form.focus_first()

    def refresh(self) -> None:
        """Read the settings again."""
        services, edits = self.desk.services, self._edits

        def lists() -> Vocabularies:
            return services.vocabularies.all()

        self.desk.keep_here(  # what this desk remembers is there while the database is not
            self, services.settings.read, partial(self._show, edits), self.desk.notices.show_error
        )
        self.desk.latest(self, "lists", lists, partial(self._show_lists, edits))
        self.records.refresh()
        self.whole_service.refresh()

    def on_refresh(self) -> None:
        """Read again."""
        self.refresh()

    def on_save(self) -> None:
        """Keep what was changed now, and the number one is typing."""
        if self.whole_service.form.dirty and self.whole_service.isAncestorOf(self.focusWidget() or self):
            self.whole_service.keep()
        self._pause.stop()
        changed = self._changed()
        if not changed:
            return
        self._saving += 1
        self.set_line("Keeping…")
        work = partial(self.desk.services.settings.change, **changed)
        self.desk.keep_here(self, work, self._kept, self._not_kept)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the page keeps what was typed last."""
        super().hideEvent(event)
        self.on_save()

    def _show(self, edits: int, settings: Settings) -> None:
        self._read = settings
        self._fill(edits)

    def _show_lists(self, edits: int, lists: Vocabularies) -> None:
        self._lists = lists
        self._fill(edits)

    def _fill(self, edits: int) -> None:
        if edits != self._edits or self._saving or self._read is None:
            return  # what was typed since goes before what was read
        self._shown = _values(self._read)
        if self._lists is None:  # a word of a list that is not there yet would look as if it were taken away
            self._shown = {name: value for name, value in self._shown.items() if name not in FROM_LISTS}
        else:
            self._offer(self._lists)
        now = self.form.values()
        self.form.set_values({name: value for name, value in self._shown.items() if now.get(name) != value})

    def _offer(self, lists: Vocabularies) -> None:
        today = local_day(self.desk.services.clock())
        for name, vocabulary in FROM_LISTS.items():
            picker = self.form.editor(name)
            assert isinstance(picker, TermPicker)
            picker.offer(lists.offered(vocabulary, on=today))

    def _edited(self, name: str) -> None:
        self._edits += 1
        if name in AT_ONCE:
            self._dress()
            self.on_save()
        else:
            self._pause.start()

    def _dress(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        values = self.form.values()
        mode = str(values["theme"])
        if mode == ThemeMode.SYSTEM:
            mode = system_mode(app)
        switch(app, mode=mode, scale=float(str(values["text_scale"])))

    def _changed(self) -> dict[str, object]:
        """Settings that differ from what was kept last, ready to be kept."""
        now = self.form.values()
        different = {name: value for name, value in now.items() if name in self._shown and value != self._shown[name]}
        if "text_scale" in different:
            different["text_scale"] = float(str(different["text_scale"]))
        return {name: "" if value is None else value for name, value in different.items()}

    def _kept(self, done: Done[Settings]) -> None:
        self._saving -= 1
        known = self._shown
        self._read = done.value
        self._shown = {name: value for name, value in _values(done.value).items() if name in known}
        self.set_line(f"Kept at {local_clock(self.desk.services.clock())}.")
        self.kept.emit()
        self.desk.touch(done.touched)

    def _not_kept(self, error: DeskError) -> None:
        self._saving -= 1
        self.set_line("Not kept; it holds until the window is closed.")
        self.desk.notices.show_error(error)


def _fields(desk: Desk) -> list[Field]:
    shared = desk.services.whereabouts.shared
    name = Field(
        "person",
        "Your name",
        TextEditor(placeholder=desk.services.person, limit=120),
        hint="Stands beside every change you make, from the next start on.",
    )
    return [
        *([] if shared else [name]),
        Field("service", "Service", TextEditor(limit=120), hint="The name on printed reports."),
        Field("line", "Line", TermPicker(Vocabulary.LINE), hint="Preset on a new call."),
        Field("method", "Method", TermPicker(Vocabulary.METHOD), hint="Preset on a new call."),
        Field("year_ends", "A year runs", CodePicker(YearEnds), hint="How reports name and count a year."),
        Field("theme", "Look", CodePicker(ThemeMode)),
        Field("text_scale", "Text size", CodePicker(TextSize), hint="Also Ctrl and + or −, from anywhere."),
    ]


def _values(settings: Settings) -> dict[str, object]:
    """The settings as the fields hold them."""
    names = ("person", "service", "line", "method", "year_ends", "theme")
    values: dict[str, object] = {name: getattr(settings, name) for name in names}
    return values | {"text_scale": TextSize.nearest(settings.text_scale)}
