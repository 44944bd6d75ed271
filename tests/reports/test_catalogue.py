"""Which reports there are."""

from __future__ import annotations

import pytest

from ppsdesk.domain.errors import Refused
from ppsdesk.reports import call_volumes, catalogue
from tests.reports.by_hand import PRINTED, SERVICE, hertfordshire, paper


def test_every_report_has_a_name_of_its_own_a_title_and_a_question() -> None:
    names = [entry.name for entry in catalogue.REPORTS]
    assert names == sorted(set(names))
    assert all(entry.title and entry.question.endswith("?") for entry in catalogue.REPORTS)


def test_a_report_becomes_a_paper_through_its_own_builder() -> None:
    report = call_volumes.report(hertfordshire())
    assert catalogue.document(report, service=SERVICE, printed=PRINTED) == paper(hertfordshire())


def test_an_unknown_report_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused) as refused:
        catalogue.named("call-volume")
    assert refused.value.sentence == "There is no report “call-volume”. There is: area-trends, call-volumes."
