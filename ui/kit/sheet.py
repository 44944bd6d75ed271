"""The one style sheet, as a template over the tokens. Widgets never carry a colour, a size or a sheet of their own.

A ring must not move what it surrounds: wherever `:focus` widens a border, its padding gives way by the same amount.
"""

from __future__ import annotations

STATUS = ("success", "warning", "danger", "info", "neutral")

GROUNDS = """
QMainWindow, QDialog, QWidget[role="page"] { background: $canvas; border: 0; }
QScrollArea, QScrollArea > #qt_scrollarea_viewport > QWidget { background: $canvas; border: 0; }
QFrame[card] QScrollArea, QFrame[card] QScrollArea > #qt_scrollarea_viewport > QWidget { background: $surface; }
QFrame[card="plain"] { background: $surface; border: 1px solid $border; border-radius: ${radius_l}px; }
QFrame[card="choice"] { background: $surface; border: 2px solid $border; border-radius: ${radius_l}px; }
QFrame[card="chosen"] { background: $accent_soft; border: 2px solid $chosen_border; border-radius: ${radius_l}px; }
QFrame[card="choice"][state="focus"], QFrame[card="chosen"][state="focus"] { border-color: $focus; }
QFrame[card="popup"] { background: $raised; border: 1px solid $border_strong; border-radius: ${radius_m}px; }
QFrame[role="rule"] { background: $border; border: 0; max-height: 1px; min-height: 1px; }
QFrame[role="topbar"] { background: $canvas; border-bottom: 1px solid $border; }
QFrame[role="rail"] { background: $canvas; border-right: 1px solid $border; }
QFrame[role="rail"] QScrollArea, QWidget[role="rail_places"] { background: $canvas; border: 0; }
QFrame[role="footer"] { background: $canvas; border-top: 1px solid $border; }
QFrame[role="dock"], QFrame[role="dock"] QScrollArea,
QFrame[role="dock"] QScrollArea > #qt_scrollarea_viewport > QWidget { background: $surface; }
QDockWidget::title { background: $surface; padding: ${space_s}px; border-bottom: 1px solid $border; }
QMainWindow::separator { background: $border_strong; height: 2px; width: 2px; }
QSplitter::handle { background: $border; }
"""

WORDS = """
QLabel { background: transparent; }
QLabel[role="h1"] { font-size: ${pt_h1}pt; font-weight: 600; }
QLabel[role="h2"] { font-size: ${pt_h2}pt; font-weight: 600; }
QLabel[role="h3"] { font-size: ${pt_h3}pt; font-weight: 600; }
QLabel[role="figure"] { font-size: ${pt_figure}pt; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="caption"] { color: $muted; font-size: ${pt_caption}pt; }
QLabel[role="error"] { color: $danger_text; }
QLabel:disabled { color: $disabled; }
QToolTip { background: $raised; color: $text; border: 1px solid $border_strong;
    padding: ${space_xs}px ${space_s}px; }
"""

FIELDS = """
QLineEdit, QPlainTextEdit, QComboBox { background: $surface; color: $text; border: 1px solid $border_strong;
    border-radius: ${radius_m}px; padding: 2px ${space_s}px; min-height: ${field}px;
    placeholder-text-color: $muted; selection-background-color: $accent; selection-color: $accent_text; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {
    border: ${size_focus_field}px solid $focus; padding: 0 ${field_x}px; }
QLineEdit[state="wrong"], QPlainTextEdit[state="wrong"], QComboBox[state="wrong"], QFrame[role="field"][state="wrong"] {
    border-color: $danger_mark; background: $danger_fill; }
QLineEdit[state="wrong"]:focus, QPlainTextEdit[state="wrong"]:focus, QComboBox[state="wrong"]:focus {
    border-color: $focus; background: $surface; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
    background: $sunken; border-color: $border; color: $disabled; }
QLineEdit:read-only:!focus { background: $sunken; border-color: $border; }
QLineEdit > QToolButton { min-width: 0; min-height: 0; border: 0; padding: 0; }
QLineEdit[role="bare"], QLineEdit[role="bare"]:focus { border: 0; padding: 0 ${space_xs}px;
    min-height: ${tool}px; background: transparent; }
QFrame[role="field"] { background: $surface; border: 1px solid $border_strong; border-radius: ${radius_m}px;
    padding: 2px; }
QFrame[role="field"][ring="on"] { background: $surface; border: ${size_focus_field}px solid $focus; padding: 0; }
QFrame[role="field"]:disabled { background: $sunken; border-color: $border; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: ${tool}px; }
QComboBox::down-arrow { image: url($img_down); width: ${size_icon}px; height: ${size_icon}px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border_strong; padding: ${space_xs}px; }
QComboBox QAbstractItemView::item { min-height: ${tool}px; padding: 0 ${space_xs}px; }
QComboBox QAbstractItemView::item:selected { background: $selection; color: $selection_text; }
"""

BUTTONS = """
QPushButton { background: $button; color: $text; border: 2px solid $button_border; background-clip: padding;
    border-radius: ${radius_m}px; padding: 2px ${space_m}px; min-height: ${press}px; }
QPushButton:hover { background: $button_hover; }
QPushButton:pressed { background: $accent_soft; }
QPushButton[kind="primary"] { background: $primary; color: $primary_text; border-color: $primary_border;
    font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $primary_hover; }
QPushButton[kind="quiet"], QPushButton[kind="link"] { background: transparent; color: $accent_ink;
    border-color: transparent; }
QPushButton[kind="quiet"]:hover, QPushButton[kind="link"]:hover { background: $hover; }
QPushButton[kind="link"] { padding: 0 ${space_xs}px; min-height: ${tool}px; text-align: left; }
QPushButton[kind="chip"] { background: $surface; border: 1px solid $border_strong; padding: 1px ${space_s}px;
    min-height: ${bare}px; }
QPushButton[kind="chip"]:hover { background: $hover; }
QPushButton[kind="chip"]:checked { background: $accent_soft; border-color: $chosen_border; }
QPushButton[kind="chip"][state="focus"] { border: 2px solid $focus; padding: 0 ${space_s}px; }
QPushButton[kind="danger"] { background: $danger_fill; color: $danger_text; font-weight: 600; }
QPushButton[role="figure"] { font-size: ${pt_figure}pt; font-weight: 600; }
QPushButton:checked { background: $accent_soft; color: $accent_ink; font-weight: 600; }
QPushButton:disabled { background: transparent; color: $disabled; border: 1px dashed $border_strong;
    margin: 2px; padding: 1px ${space_m}px; }
QPushButton:focus, QPushButton[kind]:focus { border: ${ring}px solid $focus; padding: ${ring_y}px ${ring_m}px; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; padding: 0 ${space_xs}px; }
QToolButton { background: transparent; color: $text; border: 2px solid transparent; background-clip: padding;
    border-radius: ${radius_m}px; padding: 1px ${space_xs}px; min-width: ${bare}px; min-height: ${bare}px; }
QToolButton:hover { background: $hover; }
QToolButton:disabled { color: $disabled; }
QToolButton:checked { background: $accent_soft; color: $accent_ink; font-weight: 600; }
QToolButton:focus { border-color: $focus; }
QToolButton[role="nav"] { text-align: left; padding: 1px ${space_s}px; min-width: ${size_icon_nav}px;
    min-height: ${size_control}px; }
QToolButton[role="in-chip"] { padding: 0; min-width: ${cross}px; min-height: ${cross}px; border: 0; }
QToolButton::menu-indicator { image: none; }
"""

TICKS = """
QCheckBox, QRadioButton { spacing: ${space_s}px; min-height: ${tool}px; border: 2px solid transparent;
    border-radius: ${radius_m}px; padding: 0 ${space_xs}px; background: transparent; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator { width: ${size_check}px; height: ${size_check}px;
    border: 1px solid $border_strong; background: $surface; border-radius: ${radius_s}px; }
QRadioButton::indicator { border-radius: ${dot}px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($img_check); }
QRadioButton::indicator:checked { border-color: $accent; background: qradialgradient(cx:.5, cy:.5, radius:.5,
    fx:.5, fy:.5, stop:0 $accent, stop:.46 $accent, stop:.54 $surface, stop:1 $surface); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $border; background: $sunken; }
QRadioButton[card="choice"] { background: $surface; border: 2px solid $border; padding: 2px ${space_s}px; }
QRadioButton[card="choice"]:checked { background: $accent_soft; border-color: $chosen_border; }
QRadioButton[card="choice"]:focus { border: ${ring}px solid $focus; padding: ${ring_y}px ${ring_s}px; }
QFrame[card] QRadioButton[role="held"], QFrame[card] QRadioButton[role="held"]:focus { border-color: transparent;
    font-size: ${pt_h3}pt; font-weight: 600; background: transparent; }
"""

LISTS = """
QAbstractItemView { background: $surface; color: $text; border: 1px solid $border; border-radius: ${radius_m}px;
    padding: 2px; selection-background-color: $selection; selection-color: $selection_text; outline: 0; }
QAbstractItemView:focus { border: ${size_focus_field}px solid $focus; padding: 0; }
QTableView::item { padding: 0 ${space_s}px; border: 0; border-bottom: 1px solid $border; }
QTableView::item:hover { background: $hover; }
QTableView::item:selected, QTableView::item:selected:hover { background: $selection; color: $selection_text; }
QListView[role="bare"], QTableView[role="bare"] { border: 2px solid transparent; padding: 0;
    background: transparent; }
QListView[role="bare"]:focus, QTableView[role="bare"]:focus { border: ${size_focus}px solid $focus; }
QListView[role="popup"] { border: 0; background: $raised; padding: 0; }
QHeaderView { border: 0; padding: 0; background: transparent; }
QHeaderView::section { background: $sunken; color: $muted; font-size: ${pt_caption}pt; font-weight: 600;
    border: 0; border-bottom: 1px solid $border; padding: 0 ${head_x}px; min-height: ${size_header}px; }
QHeaderView::up-arrow { image: url($img_up); width: 12px; height: 12px; }
QHeaderView::down-arrow { image: url($img_down); width: 12px; height: 12px; }
QTableCornerButton::section { background: $sunken; border: 0; }
"""

FRAME = """
QTabBar::tab { background: transparent; color: $muted; border: 2px solid transparent;
    border-radius: ${radius_m}px; padding: 0 ${space_m}px; min-height: ${tool}px; margin: 0 2px; }
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:selected { background: $accent_soft; color: $accent_ink; font-weight: 600; }
QTabBar::tab:selected:focus { border-color: $focus; }
QMenuBar { background: $canvas; }
QMenuBar::item { padding: ${space_xs}px ${space_s}px; border-radius: ${radius_s}px; }
QMenuBar::item:selected { background: $button_hover; }
QMenu { background: $raised; border: 1px solid $border_strong; padding: ${space_xs}px; }
QMenu::item { padding: 5px ${space_l}px; }
QMenu::item:selected { background: $selection; color: $selection_text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { background: $border; height: 1px; margin: ${space_xs}px; }
QStatusBar { background: $canvas; border-top: 1px solid $border; }
QStatusBar::item { border: 0; }
QProgressBar { background: $sunken; border: 1px solid $border_strong; border-radius: ${radius_s}px;
    min-height: ${space_m}px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: ${radius_s}px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 3px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 3px; }
QScrollBar::handle { background: $border_strong; border-radius: 3px; min-height: 28px; min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; border: 0; height: 0; width: 0; }
"""

CHIPS = """
QFrame[chip] { border: 1px solid $chip_border; border-radius: ${radius_m}px; font-weight: 600; }
QFrame[chip][state="focus"] { border: 2px solid $focus; }
QFrame[bar] { border: 1px solid $chip_border; border-top-right-radius: ${radius_m}px;
    border-bottom-right-radius: ${radius_m}px; }
"""

ONE_STATUS = """
QFrame[chip="STATUS"] { background: $STATUS_fill; }
QFrame[bar="STATUS"] { background: $STATUS_fill; border-left: ${size_bar_accent}px solid $STATUS_mark; }
QFrame[bar="STATUS"] QLabel, QFrame[chip="STATUS"] QLabel { color: $STATUS_text; }
"""

LINKS_IN_A_BAR = """
QFrame[bar] QPushButton[kind="listed"] { background: transparent; border: 2px solid transparent; color: $danger_text;
    text-align: left; padding: 0 ${space_xs}px; min-height: ${tool}px; text-decoration: underline; }
QFrame[bar] QPushButton[kind="listed"]:disabled { border: 2px solid transparent; margin: 0; text-decoration: none;
    padding: 0 ${space_xs}px; }
QFrame[bar] QPushButton[kind="listed"]:hover { background: $surface; }
QFrame[bar] QPushButton[kind="listed"]:focus { border: 2px solid $focus; padding: 0 ${space_xs}px; }
"""


def template() -> str:
    """The whole sheet, with `$names` still in it."""
    each = "".join(ONE_STATUS.replace("STATUS", status) for status in STATUS)
    return "".join((GROUNDS, WORDS, FIELDS, BUTTONS, TICKS, LISTS, FRAME, CHIPS, each, LINKS_IN_A_BAR))
