"""The text sizes to choose from; the tokens of the look offer the same."""

from __future__ import annotations

from ppsdesk.domain.codes import Code


class TextSize(Code):
    """Stored as the factor."""

    NORMAL = "1.0", "100 %"
    LARGER = "1.15", "115 %"
    LARGE = "1.3", "130 %"
    VERY_LARGE = "1.5", "150 %"
    HUGE = "1.75", "175 %"
    DOUBLE = "2.0", "200 %"

    @classmethod
    def nearest(cls, scale: float) -> TextSize:
        """The size that comes closest to a factor."""
        return min(cls, key=lambda size: abs(float(size) - scale))
