"""The four questions between choosing a shared server and working on it; what was typed stays in each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ppsdesk.domain.errors import DeskError, Invalid, Refused
from ppsdesk.domain.server_place import QUESTIONS, CheckLine, ServerPlace, is_address, take_apart
from ui.kit.buttons import KeyButton
from ui.kit.dialogs import Dialogs
from ui.kit.editors import NumberEditor, TextEditor, TickEditor
from ui.kit.form import Field, Form
from ui.kit.page_body import PageBody
from ui.kit.signed_lines import SignedLine, SignedLines
from ui.kit.words import announce, label, spaced

PARTS = ("server", "database", "name", "port", "certificate")
SECRET, SHOWN = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal


class Step(PageBody):
    """One question: a heading, a sentence, and what answers it. `submitted` is Ctrl+Enter in a field."""

    submitted = Signal()

    def __init__(self, title: str, text: str, forward: str) -> None:
        super().__init__()
        self.title, self.forward = title, forward
        spaced(self.box, around=("xl", "s", "xl", "l"), gap="m")
        self.text = label(text, "muted", wrap=True)
        self.add(label(title, "h2", wrap=True))
        self.add(self.text)

    def add(self, widget: QWidget) -> None:
        """One more part below."""
        self.box.insertWidget(self.box.count() - 1, widget)

    def take_keys(self, field: str = "") -> None:
        """The keyboard to where one answers, or to a field that is to be put right."""

    def is_answered(self) -> bool:
        """Whether one may go on; where not, it says why."""
        return True


class FormStep(Step):
    """A question answered in fields."""

    def __init__(self, title: str, text: str, forward: str, fields: Sequence[Field], goal: str) -> None:
        super().__init__(title, text, forward)
        self.form = Form(fields, goal=goal)
        self.form.submitted.connect(self.submitted)
        self.add(self.form)

    def take_keys(self, field: str = "") -> None:
        """Into the first field, or into one that is to be put right."""
        if field in self.form.names():
            self.form.focus_field(field)
        else:
            self.form.focus_first()


class PlaceStep(FormStep):
    """Where the records are and who signs in: what stands on the administrator's sheet."""

    def __init__(self) -> None:
        server = TextEditor(placeholder="db.council.uk", limit=500)
        fields = [
            Field(
                "server", "&Server", server, "Its name. Or paste a whole address that begins with postgresql://", True
            ),
            Field("database", "&Database", TextEditor(), "The name of the database on that server.", True),
            Field("name", "Your sign-in &name", TextEditor(), "Your own; nobody shares one.", True),
            Field("port", "&Port", NumberEditor(minimum=1, maximum=65_535), "Empty unless the sheet has a number."),
            Field(
                "certificate",
                "&Certificate file",
                TextEditor(limit=500),
                "Empty unless the sheet names one: by this file the computer knows a server whose certificate the"
                " council signed itself.",
            ),
        ]
        super().__init__(
            "Where are the records?",
            "Whoever looks after the server gives you a sheet with these answers.",
            "Go on",
            fields,
            "the server can be asked",
        )
        self._options: tuple[tuple[str, str], ...] = ()
        server.left.connect(self._take_apart)
        find = KeyButton("&Find the certificate file", kind="link", icon="folder-open").when_pressed(self._find)
        self.add(find)

    def begin_with(self, address: str) -> None:
        """The address there is now, to be changed."""
        place = take_apart(address)
        self._options = place.options
        self.form.set_values({name: getattr(place, name) for name in PARTS})

    def place(self) -> ServerPlace:
        """What is typed. `Invalid` for a port that is none."""
        values = self.form.values()
        port = values["port"]
        words = {name: str(values[name]) for name in ("server", "database", "name", "certificate")}
        return ServerPlace(port=port if isinstance(port, int) else None, options=self._options, **words)

    def is_answered(self) -> bool:
        """Every answer there, and possible."""
        if not self._take_apart():
            return False
        try:
            problems = self.place().problems()
        except Invalid as invalid:
            problems = dict(invalid.problems)
        self.form.show_problems(problems)
        return not problems

    def _take_apart(self) -> bool:
        """A whole address in the first field goes to where its parts belong; False for one that cannot be read."""
        typed = str(self.form.editor("server").content())
        if not is_address(typed):
            return True
        try:
            place = take_apart(typed)
        except Refused as refused:
            self.form.show_problems({"server": refused.sentence})
            return False
        self._options = place.options
        self.form.set_values({name: getattr(place, name) for name in PARTS})
        announce(self, "The address was taken apart into the fields.")
        return True

    def _find(self) -> None:
        found = Dialogs.ask_file_to_open(
            self, "The certificate file", Path.home(), "Certificates (*.crt *.pem *.cer);;All files (*)"
        )
        if found is not None:
            self.form.editor("certificate").set_value(str(found))


class PasswordStep(FormStep):
    """The password. Pasting is allowed; a password manager may fill it."""

    def __init__(self) -> None:
        self._editor = _secret(last=True)
        super().__init__(
            "What is your password?",
            "",
            "Check the connection",
            [
                Field("password", "&Password", self._editor, "A one-time password is right here too.", True),
                Field("shown", "S&how what is typed", TickEditor()),
            ],
            "you can sign in",
        )
        self.form.editor("shown").edited.connect(self._show)

    @property
    def password(self) -> str:
        """As typed: a space may belong to it."""
        return self._editor.line.text()

    def ask_for(self, place: ServerPlace) -> None:
        """Say whose."""
        self.text.setText(
            f"For {place.name} on {place.server}. It is sent to that server alone, when it has been checked."
        )

    def is_answered(self) -> bool:
        """Something is typed."""
        self.form.show_problems({} if self.password else {"password": "Enter your password."})
        return bool(self.password)

    def _show(self) -> None:
        self._editor.line.setEchoMode(SHOWN if self.form.editor("shown").value() else SECRET)


class CheckStep(Step):
    """The answers of the server, one after the other."""

    def __init__(self) -> None:
        super().__init__("Does the connection work?", "", "Go on")
        self._answers: list[CheckLine] = []
        self.lines = SignedLines(self)
        self.add(self.lines)
        self._field = ""
        self.begin()

    @property
    def failed(self) -> CheckLine | None:
        """What stands in the way."""
        return next((line for line in self._answers if not line.good), None)

    @property
    def field(self) -> str:
        """What is to be put right, "" where it is nothing typed."""
        return self._field

    def begin(self) -> None:
        """Nothing is answered yet."""
        self._answers = []
        self._say("Each line fills in as the server answers.")
        self._field = ""

    def take(self, line: CheckLine) -> None:
        """One more answer."""
        self._answers.append(line)
        self._field = line.field if not line.good else ""
        if line.good:
            self._say(self.text.text())
        else:
            self._say("The connection does not work yet. Nothing was changed, and what you typed is still here.")
        announce(self, f"{line.words} {line.hint}".strip(), urgent=not line.good)

    def stop(self, error: DeskError) -> None:
        """It ended without an answer to the next question."""
        asked = [line.about for line in self._answers]
        about = next((question for question in QUESTIONS if question not in asked), "")
        self.take(CheckLine(about=about, words=error.message, hint=error.hint, good=False))

    def works(self) -> None:
        """Every answer is there and good."""
        self._say("The connection works.")
        announce(self, "The connection works.")

    def _say(self, text: str) -> None:
        self.text.setText(text)
        answered = {line.about: line for line in self._answers}
        ended = self.failed is not None
        shown = [_signed(answered[about]) for about in QUESTIONS if about in answered]
        waiting = [SignedLine(words, icon="clock") for about, words in QUESTIONS.items() if about not in answered]
        self.lines.show_lines(shown if ended else shown + waiting)


class OwnPasswordStep(FormStep):
    """A password only its person knows, and whether the computer keeps it."""

    def __init__(self) -> None:
        hint = "12 characters or more. Three or four words are easy to keep."
        super().__init__(
            "Choose a password of your own",
            "",
            "Open ppsdesk",
            [
                Field("own", "Choose a password of my &own now", TickEditor()),
                Field("new", "&New password", _secret(), hint, True),
                Field("again", "The same &again", _secret(last=True), required=True),
                Field(
                    "remember",
                    "&Remember it in this computer's keyring",
                    TickEditor(),
                    "Only for a computer account that nobody else uses. Otherwise it is asked for at each start.",
                ),
            ],
            "ppsdesk can open",
        )
        self.form.editor("own").edited.connect(self._fit)

    def ask(self, *, one_time: bool, remember: bool = False) -> None:
        """Whether the password so far is one that an administrator made; whether the keyring has it."""
        self.text.setText(
            "You signed in with a one-time password, which an administrator has seen. Choose one that only you know."
            if one_time
            else "You can go on with the password you have, or choose another one."
        )
        self.form.set_values({"own": one_time, "new": "", "again": "", "remember": remember})
        self._fit()

    @property
    def new(self) -> str:
        """The password chosen, "" for none."""
        return self._typed("new") if self.form.editor("own").value() else ""

    @property
    def remember(self) -> bool:
        """Whether the keyring is to keep it."""
        return bool(self.form.editor("remember").value())

    def is_answered(self) -> bool:
        """Typed twice, and the same."""
        problems = {}
        if self.form.editor("own").value():
            if not self.new:
                problems["new"] = "Enter the password you choose, or take the tick away."
            elif self._typed("again") != self.new:
                problems["again"] = "The two are not the same. Type the new password once more."
        self.form.show_problems(problems)
        return not problems

    def refuse(self, error: DeskError) -> None:
        """The server or the rules would not have it; the password is as it was."""
        said = error.message if isinstance(error, Refused) else error.sentence
        self.form.show_problems({"new" if self.new else "remember": said})

    def no_keyring(self) -> None:
        """It was changed where that was wanted, and cannot be kept."""
        self.form.set_values({"own": False, "remember": False})
        self._fit()
        self.form.show_problems(
            {
                "remember": "This computer has no keyring that takes it, so you will be asked for your password at each"
                " start. Everything else is done."
            }
        )

    def _typed(self, name: str) -> str:
        return str(self.form.editor(name).content())

    def _fit(self) -> None:
        for name in ("new", "again"):
            self.form.show_field(name, bool(self.form.editor("own").value()))


def _secret(*, last: bool = False) -> TextEditor:
    """The last one of a step leaves Enter to its button."""
    made = TextEditor(limit=500)
    made.enter_moves_on = not last
    made.line.setEchoMode(SECRET)
    made.line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
    return made


def _signed(line: CheckLine) -> SignedLine:
    kind = "danger" if not line.good else "warning" if line.doubtful else "success"
    return SignedLine(f"{line.words} {line.hint}".strip(), kind)
