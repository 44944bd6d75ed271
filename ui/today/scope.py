"""Which next steps the page shows."""

from __future__ import annotations

from ppsdesk.domain.codes import Code


class Scope(Code):
    """Which steps are shown."""

    MINE = "mine", "Mine, due by today"
    EVERYBODY = "everybody", "Everybody's, due by today"
    OPEN = "open", "Everybody's, however far ahead"
    CALL_BACKS = "call_backs", "Every open call-back"
    REACHED = "reached", "Rung back and reached this term"


NOTHING = {
    Scope.MINE: "Nothing is due for you. Call-backs you promise and steps you are given appear here on their day.",
    Scope.EVERYBODY: "Nothing is due for anybody. Call-backs and other next steps appear here on their day.",
    Scope.OPEN: "No next step is open. What an outcome asks for, or you add to a call, appears here.",
    Scope.CALL_BACKS: "No call-back is open. A call with the outcome “call back” brings one.",
    Scope.REACHED: "Nobody was rung back and reached this term yet.",
}
