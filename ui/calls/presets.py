"""Fields filled on somebody's behalf, which give way again when the reason goes and nobody changed them."""

from __future__ import annotations

from ui.kit.form import Form


class Presets:
    """Never fills over what a person entered: only an empty field, or what it put there itself."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._put: dict[str, object] = {}

    def put(self, name: str, value: object) -> None:
        """Fill the field; nothing for a value that says nothing."""
        editor = self._form.editor(name)
        if value in (None, "", ()):
            return
        if editor.is_empty() or (name in self._put and editor.value() == self._put[name]):
            self._put[name] = value
            editor.set_value(value)

    def take_back(self) -> None:
        """Empty what was filled and is still as it was filled."""
        put, self._put = self._put, {}
        for name, value in put.items():
            editor = self._form.editor(name)
            if editor.value() == value:
                editor.set_value(None)

    def forget(self) -> None:
        """What stands in the fields now is the person's."""
        self._put = {}
