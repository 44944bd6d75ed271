"""Files of a report: the formats in plain words."""

from __future__ import annotations

from ui.kit.files import filters

FORMATS = (
    (".pdf", "PDF, to print or send"),
    (".docx", "Word, to write on in"),
    (".xlsx", "Excel, to calculate with"),
    (".csv", "CSV, for other programs"),
    (".json", "JSON, for other programs"),
    (".html", "Web page"),
)
FILTERS = filters(FORMATS)
