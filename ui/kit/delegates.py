"""How table cells are painted. Delegates only paint; words and kinds come from the model."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.kit.buttons import SIGNS
from ui.kit.records import STATE
from ui.kit.theme import current

Index = QModelIndex | QPersistentModelIndex


def chip_width(words: str) -> int:
    """Pixels a painted chip takes."""
    theme = current()
    metrics = QFontMetrics(theme.font("caption", strong=True))
    return metrics.horizontalAdvance(words) + theme.px("size_icon") + 2 * theme.px("space_s") + 2


def paint_chip(painter: QPainter, room: QRect, words: str, kind: str) -> None:
    """A chip at the left of the room, in its middle, cut to its width."""
    theme = current()
    wide, tall = min(chip_width(words), room.width()), round(22 * theme.scale)
    box = QRect(room.left(), room.center().y() - tall // 2 + 1, wide, tall)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("chip_border")) if theme.mode == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(f"{kind}_fill"))
    painter.drawRoundedRect(box, 4, 4)
    side = round(13 * theme.scale)
    sign = theme.pixmap(SIGNS[kind], f"{kind}_text", 13, painter.device().devicePixelRatio())
    painter.drawPixmap(box.left() + theme.px("space_s") - 1, box.center().y() - side // 2, sign)
    font = theme.font("caption", strong=True)
    inner = box.adjusted(theme.px("space_s") + side + theme.px("space_xs"), 0, -2, 0)
    painter.setFont(font)
    painter.setPen(theme.colour(f"{kind}_text"))
    cut = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, cut)


class RowDelegate(QStyledItemDelegate):
    """Words as they are, a chip where the column has a state, and a mark at the left of the selected row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line high; as wide as its words or its chip."""
        hint = super().sizeHint(option, index)
        state = index.data(STATE)
        wide = max(hint.width(), chip_width(state[0]) if state else 0) + current().px("space_s")
        return QSize(wide, current().px("size_row"))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The table has one ring, around all of it; a chip stands for its words."""
        super().initStyleOption(option, index)
        styled: Any = option
        styled.state &= ~QStyle.StateFlag.State_HasFocus
        # Otherwise the selection's text colour is lost while the keyboard is elsewhere.
        styled.state |= QStyle.StateFlag.State_Active
        if index.data(STATE):
            styled.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The style's ground and words, then ours."""
        super().paint(painter, option, index)
        theme, styled = current(), _fields(option)
        painter.save()
        if index.column() == 0 and styled.state & QStyle.StateFlag.State_Selected:
            mark = QRect(styled.rect.left(), styled.rect.top() + 6, 3, styled.rect.height() - 12)
            painter.fillRect(mark, theme.colour("focus" if theme.mode == "contrast" else "accent"))
        state = index.data(STATE)
        if state:
            edge = theme.px("space_s")
            paint_chip(painter, styled.rect.adjusted(edge, 0, -edge, 0), *state)
        painter.restore()


def _fields(option: QStyleOptionViewItem) -> Any:
    # The stubs leave out the option's fields.
    return option
