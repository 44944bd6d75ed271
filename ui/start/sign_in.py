"""The password of a shared database, asked for when neither the keyring nor the environment has it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.kit.buttons import KeyButton
from ui.kit.editors import TextEditor, TickEditor
from ui.kit.form import Field, Form
from ui.kit.words import label, spaced


class SignIn(QDialog):
    """One field, one tick. Pasting is allowed; a password manager may fill it."""

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Sign in")
        password = TextEditor(limit=500)
        password.line.setEchoMode(QLineEdit.EchoMode.Password)
        password.enter_moves_on = False  # Enter is for the button
        self._form = Form(
            [
                Field("password", "&Password", password, required=True),
                Field("remember", "&Remember it in this computer's keyring", TickEditor()),
            ]
        )
        self._form.submitted.connect(self._sign_in)
        column = QVBoxLayout(self)
        spaced(column, around="l", gap="m")
        column.addWidget(label("Sign in", "h2"))
        column.addWidget(label(question, "muted", wrap=True))
        column.addWidget(self._form)
        row = QHBoxLayout()
        spaced(row, gap="s")
        row.addWidget(KeyButton("Leave", "Esc").when_pressed(self.reject))
        row.addStretch(1)
        go = KeyButton("Sign in", "Enter", "primary").when_pressed(self._sign_in)
        go.setDefault(True)
        row.addWidget(go)
        column.addLayout(row)
        self._form.focus_first()
        self.resize(460, 240)

    @classmethod
    def ask(cls, question: str, parent: QWidget | None = None) -> tuple[str, bool] | None:
        """(password, remember it), or None when somebody would rather leave."""
        dialog = cls(question, parent)
        return dialog.answer() if dialog.exec() else None

    def answer(self) -> tuple[str, bool]:
        """What stands in the fields."""
        values = self._form.values()
        return str(values["password"]), bool(values["remember"])

    def _sign_in(self) -> None:
        if not self.answer()[0]:
            self._form.show_problems({"password": "Enter your password."})
        elif self.isVisible():
            self.accept()
