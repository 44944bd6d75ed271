"""The sheet for the parent: what stands on it, in words one can read, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import page as pdf_rules
import pytest

from ppsdesk.domain.clock_rules import RuleBook
from ppsdesk.domain.clock_steps import StepKind, steps
from ppsdesk.domain.document import Facts, Heading, Note, Paragraph, Table
from ppsdesk.domain.happenings import Happening, all_dates
from ppsdesk.reports import dates_sheet, html_file, pdf
from ppsdesk.reports.dates_sheet import CHECK, FIXED, LIFTED, LIFTED_YOURS, Told
from ppsdesk.services.shipped_rules import shipped_book, shipped_days, shipped_happenings
from tests.reports import reading
from tests.reports.reading_age import age, syllables
from tests.reports.sheets import SERVICE, appeal, every, told

OLDEST = 12  # years
HOSTILE = "<b>Bad</b> & “worse”\r\n=1+1\x00\u202e"

SHEETS = {
    "a decision letter with a certificate": appeal(),
    "a request that an exception lifts": told("request", lifted=["EX_SCHOOL"], request="2025-09-01"),
    "an order": told("order", "assess", order="2026-03-02"),
    "questions and days that are missing": told("appeal", received="2025-12-10", registration="2025-07-01"),
    "a long one": told(
        "appeal", received="2025-07-01", sent="2025-07-21", registration="2025-07-20", hearing="2025-09-30"
    ),
    "nothing that follows": told("order", "assess", order="2010-03-01"),
    "a service nobody should have": replace(appeal(), service=HOSTILE),
    "a service without a name": replace(appeal(), service=""),
}


def on_paper(told: Told) -> str:
    return " ".join(reading.pages(pdf.write(dates_sheet.document(told))))


def test_the_table_says_what_who_by_when_and_how_long_there_is() -> None:
    text = on_paper(appeal())
    assert "Your dates: the council sent a decision letter" in text
    assert "What Who Last day Days left" in text
    assert "Contact a mediation adviser You Mon 1 Dec 2025 in 56 days" in text
    assert "Last day to appeal You Fri 2 Jan 2026 in 88 days" in text
    assert "days left as of 6 October 2025" in text


def test_what_was_told_stands_above_the_dates() -> None:
    text = on_paper(appeal())
    assert f"From {SERVICE}" in text
    assert "Which It will not assess" in text
    assert "Date on the decision letter: Wednesday 1 October 2025" in text
    assert "Date on the mediation certificate: Saturday 29 November 2025" in text
    assert text.index("You told us") < text.index("What Who Last day")


def test_it_says_on_every_page_that_it_is_not_the_councils_record() -> None:
    pages = reading.pages(pdf.write(dates_sheet.document(SHEETS["a long one"])))
    assert len(pages) == 2
    for page in pages:
        assert "Our own view of the dates, not the local authority's record" in page
        assert "Made on 6 October 2025" in page
        assert SERVICE in page
    assert dates_sheet.OUR_VIEW in pages[0]


@pytest.mark.parametrize("told", SHEETS.values(), ids=SHEETS.keys())
def test_every_date_is_explained_under_its_own_heading_in_small_print(told: Told) -> None:
    blocks = dates_sheet.document(told).blocks
    heads = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 3]
    assert len(heads) == len(told.sheet.dates)
    for at, one in zip(heads, told.sheet.dates, strict=True):
        head, duty, note = blocks[at : at + 3]
        assert isinstance(head, Heading)
        assert head.text.startswith(one.clock.title)
        assert isinstance(duty, Paragraph)
        assert isinstance(note, Note)
        assert all(step.words in note.text for step in steps(one, told.book, told.sheet.asks))
        assert one.clock.law in note.text


def test_days_that_cannot_be_are_asked_about_before_the_dates_and_missing_ones_after() -> None:
    text = on_paper(SHEETS["questions and days that are missing"])
    assert "Wed 10 Dec 2025 is in the future. Check the year." in text
    assert "The registration letter is dated before the appeal arrived." in text
    assert "Day the appeal was sent to the council; Day of the hearing." in text
    assert text.index("Please check these days") < text.index("The dates") < text.index("What we do not know yet")
    assert "Please check" not in on_paper(SHEETS["a long one"])
    assert "What we do not know yet" not in on_paper(SHEETS["a long one"])


def test_a_date_that_is_not_certain_is_marked_and_the_mark_is_explained() -> None:
    text = on_paper(told("review", meeting="2025-11-12"))
    assert "Report of the review meeting (check this) The school or college Wed 26 Nov 2025" in text
    assert CHECK in text
    assert CHECK not in on_paper(appeal())


def test_what_is_lifted_has_no_day() -> None:
    text = on_paper(SHEETS["a request that an exception lifts"])
    assert "Send the final plan The council no fixed day –" in text
    assert "19 Jan 2026 in" not in text
    assert LIFTED in text
    own = on_paper(told("decision", "CON_I", decision="2025-09-01"))
    assert "Contact a mediation adviser You no fixed day –" in own
    assert LIFTED_YOURS in own
    assert LIFTED not in own


def test_what_is_done_keeps_its_day_and_nobody_is_told_to_do_it() -> None:
    held = told("decision", "RTA", decision="2025-09-01", certificate="2025-10-06")
    text = on_paper(held)
    assert "Contact a mediation adviser You Sat 1 Nov 2025 done" in text
    assert "Contact a mediation adviser: Saturday 1 November 2025 Done: the certificate shows it." in text
    assert "You must get in touch" not in text
    assert "You must get in touch" in on_paper(told("decision", "RTA", decision="2025-09-01"))


def test_without_any_date_it_says_so_and_why() -> None:
    text = on_paper(SHEETS["nothing that follows"])
    assert dates_sheet.NO_DATES in text
    assert "On Mon 1 Mar 2010 the law, as known here, had no date for: Order to assess." in text
    assert "How we worked them out" not in text
    assert dates_sheet.NO_DATES in dates_sheet.plain_text(SHEETS["nothing that follows"])


@pytest.mark.parametrize("told", SHEETS.values(), ids=SHEETS.keys())
def test_no_rule_for_accessible_papers_is_broken(told: Told) -> None:
    content = pdf.write(dates_sheet.document(told))
    result = pdf_rules.validate_pdf_bytes(content, profile=pdf_rules.ValidationProfile.PDF_UA_1)
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []
    assert result.rules.total > 100
    assert reading.overlaps(content) == []


def test_as_a_web_page_a_service_cannot_bring_markup() -> None:
    written = html_file.write(dates_sheet.document(SHEETS["a service nobody should have"])).decode()
    assert "<b>" not in written
    assert "&lt;b&gt;Bad&lt;/b&gt; &amp; “worse” =1+1" in written
    assert "Fri 2 Jan 2026" in written


def test_as_text_it_can_be_copied_into_an_e_mail() -> None:
    lines = dates_sheet.plain_text(appeal()).splitlines()
    assert lines[0] == "Your dates: the council sent a decision letter"
    [last] = [line for line in lines if line.startswith("- Last day to appeal: Friday")]
    assert last.startswith(
        "- Last day to appeal: Friday 2 January 2026, in 88 days. The Tribunal must have your appeal"
    )
    assert dates_sheet.OUR_VIEW in lines
    [how] = [line for line in lines if line.startswith("- Last day to appeal: Counted")]
    assert "Law: SI 2008/2699" in how
    assert all(
        line.isprintable() for line in dates_sheet.plain_text(SHEETS["a service nobody should have"]).split("\n")
    )


@pytest.mark.parametrize("told", SHEETS.values(), ids=SHEETS.keys())
def test_text_and_paper_have_the_same_dates(told: Told) -> None:
    text, paper = dates_sheet.plain_text(told), on_paper(told)
    for one in told.sheet.dates:
        day = "no fixed day" if one.lifted else f"{one.due.day} {one.due:%B %Y}"
        assert f"{one.clock.title}" in text
        assert day in text
        assert day in paper


def test_every_happening_makes_a_sheet_and_every_owner_has_a_plain_name() -> None:
    for one in every():
        [table] = [block for block in dates_sheet.document(one).blocks if isinstance(block, Table)] or [None]
        assert (table is None) == (not one.sheet.dates)


# -- how old one must be to read it ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "clock",
    sorted({(clock.code, clock.title, clock.duty) for clock in shipped_book().clocks}),
    ids=lambda clock: f"{clock[0]}, {clock[2][-20:]}",
)
def test_every_duty_is_read_at_twelve(clock: tuple[str, str, str]) -> None:
    _code, title, duty = clock
    assert age(f"{title}. {duty}") <= OLDEST


@pytest.mark.parametrize("words", FIXED)
def test_every_fixed_sentence_is_read_at_twelve(words: str) -> None:
    assert age(words) <= OLDEST


@pytest.mark.parametrize("happening", shipped_happenings(), ids=lambda happening: happening.code)
def test_what_happened_and_what_is_asked_is_read_at_twelve(happening) -> None:  # type: ignore[no-untyped-def]
    labels = [happening.title, *(fact.asks for fact in happening.facts), *(kind.title for kind in happening.kinds)]
    assert age(" ".join([*(f"{label}." for label in labels), *(doubt.words for doubt in happening.unlikely)])) <= OLDEST


def too_hard(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Those of the texts that one cannot read at twelve, with where they stand."""
    return sorted({f"{where}, read at {age(words):.1f}: {words}" for where, words in texts if age(words) > OLDEST})


def in_the_data(book: RuleBook, happenings: Iterable[Happening]) -> Iterator[tuple[str, str]]:
    """Every text of the rules that can come onto a sheet, one by one. A law that is cited, and whoever it was read at,
    are names and are not measured; what we say about them is."""
    for clock in book.clocks:
        yield clock.code, clock.duty
        yield f"the note of {clock.code}", clock.note
        yield from ((f"the source of {clock.code}", part) for part in clock.source.split("; ") if our_own_words(part))
    yield from (*book.exceptions.items(), *book.no_limits.items())
    for suspension in book.suspensions:
        yield suspension.code, f"{suspension.title}: {suspension.words}"
    for rule in book.rules:
        yield f"the name of {rule.code}", f"The law, as known here, had no date for: {rule.title}."
    for happening in happenings:
        yield from ((f"a doubt of {happening.code}", doubt.words) for doubt in happening.unlikely)
        yield from ((f"done in {happening.code}", shown.words) for shown in happening.shown)


def our_own_words(source: str) -> bool:
    """Of a source, “not checked” is what we say about it; “IPSEA, the mediation process” is a name, an address too."""
    return source.islower() and "." not in source


def on_the_sheet(told: Told) -> Iterator[tuple[str, str]]:
    """Every text of a sheet as it is printed, the steps one by one; a law that is cited is a name, as is a source."""
    yield from ((told.title, words) for words in _above_the_steps(told))
    for one in told.sheet.dates:
        cited = [one.clock.law, one.clock.source]
        cited += [name for suspension in one.suspended for name in (suspension.law, suspension.source)]
        for step in steps(one, told.book, told.sheet.asks):
            words = step.words
            for name in cited:
                words = words.replace(f": {name}.", ".")
            yield f"a step of {one.clock.code}", words


def _above_the_steps(told: Told) -> Iterator[str]:
    blocks = dates_sheet.document(told).blocks
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Paragraph):
            yield block.text
        if isinstance(block, Heading) and isinstance(following, Paragraph):
            yield f"{block.text}. {following.text}"
        if isinstance(block, Facts):
            yield " ".join(f"{label}: {words}." for label, words in block.rows)
        if isinstance(block, Table):
            yield f"{block.caption}. {' '.join(block.figures.notes)}"
            yield from ("; ".join(str(cell) for cell in row) for row in block.figures.rows)


def the_sheets(book: RuleBook) -> Iterator[Told]:
    """Sheets of every happening of every kind in the law of six times, all days known or only those that are needed,
    everything lifted that can be or nothing."""
    for happening, year, month in product(shipped_happenings(), (2000, 2009, 2013, 2019, 2020, 2025), (7, 12)):
        for kind, lifted in product([one.code for one in happening.kinds] or [""], ((), tuple(book.exceptions))):
            known = {
                fact.name: date(year, month, 3 + 2 * at)
                for at, fact in enumerate(happening.facts)
                if not (lifted and fact.optional and at)
            }
            found = all_dates(book, happening, known, shipped_days(), kind=kind, lifted=lifted, today=date(2019, 5, 6))
            yield Told(sheet=found, book=book, service="", today=date(2019, 5, 6))


def test_exceptions_notes_and_every_other_text_of_the_rules_is_read_at_twelve() -> None:
    assert too_hard(in_the_data(shipped_book(), shipped_happenings())) == []


def test_everything_that_is_printed_the_small_print_too_is_read_at_twelve() -> None:
    texts = dict[str, str]()
    kinds: set[StepKind] = set()
    for one in the_sheets(shipped_book()):
        kinds |= {step.kind for found in one.sheet.dates for step in steps(found, one.book, one.sheet.asks)}
        texts |= {words: where for where, words in on_the_sheet(one)}
    assert kinds == set(StepKind)
    assert too_hard((where, words) for words, where in texts.items()) == []


def test_a_hard_exception_note_or_suspension_is_named() -> None:
    book, hard = shipped_book(), "Representations regarding statutory obligations necessitate notification."
    [suspension] = book.suspensions
    worse = replace(
        book,
        clocks=tuple(replace(clock, note=hard) if clock.rule == "EHC6" else clock for clock in book.clocks),
        exceptions={**book.exceptions, "EX_EY": hard},
        suspensions=(replace(suspension, words=hard),),
    )
    named = {line.partition(",")[0] for line in too_hard(in_the_data(worse, ()))}
    assert named == {"the note of EHC6", "EX_EY", "EX_COVID"}
    told = Told(
        sheet=all_dates(
            worse, shipped_happenings()[1], {"request": date(2020, 6, 1)}, shipped_days(), lifted=["EX_EY"]
        ),
        book=worse,
        service="",
        today=date(2020, 6, 1),
    )
    printed = too_hard(on_the_sheet(told))
    assert len([line for line in printed if line.startswith("a step of EHC6,")]) == 3
    assert all(line.endswith((hard, "Law. Source.", "takes its place.")) for line in printed)


def test_the_parents_part_of_every_sheet_is_read_at_twelve() -> None:
    for one in every():
        words = [block.text for block in dates_sheet.document(one).blocks if isinstance(block, Paragraph)]
        assert age(" ".join(words)) <= OLDEST, one.title


def test_the_measure_counts_syllables_and_notices_a_hard_text() -> None:
    for word, many in HEARD.items():
        assert syllables(word) == many, word
    assert age("The cat sat on the mat.") < 6
    assert age("Notwithstanding the aforementioned provisions, representations regarding statutory obligations "
               "necessitate contemporaneous notification.") > 25  # fmt: skip


HEARD = {
    "tribunal": 3, "certificate": 4, "council": 2, "assessment": 3, "mediation": 4, "adviser": 3, "plan": 1,
    "decide": 2, "agreed": 2, "changed": 1, "changes": 2, "discrimination": 5, "people": 2, "school": 1, "asked": 1,
    "decided": 3, "ended": 2, "moved": 1, "times": 1, "because": 2, "area": 3, "review": 2, "reviewed": 2, "yearly": 2,
    "report": 2, "arranged": 2, "authority": 4, "sentences": 3, "notice": 2, "practice": 2, "there": 1, "before": 2,
    "later": 2, "registration": 4, "earlier": 3, "service": 2, "refuses": 3, "statement": 2, "months": 1, "being": 2,
    "indication": 4, "social": 2, "parent's": 2, "child": 1, "the": 1, "measured": 2, "agreement": 3, "latest": 2,
    "proposed": 2, "reply": 2, "bundle": 2, "unfairly": 3, "recommendation": 5, "college": 2, "young": 1, "year": 1,
}  # fmt: skip


def test_how_long_there_is_is_counted_from_the_day_it_was_made() -> None:
    later = replace(appeal(), today=date(2026, 1, 2))
    assert "Last day to appeal You Fri 2 Jan 2026 today" in on_paper(later)
    assert "Contact a mediation adviser You Mon 1 Dec 2025 32 days ago" in on_paper(later)
