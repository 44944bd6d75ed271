"""Texts put in by one key, on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.errors import Conflict, Invalid, NotFound
from ppsdesk.domain.snippets import SLOT, Snippet
from ppsdesk.services.starter_lists import starter_snippets

HEADS = ["Asked", "Done so far", "Information given", "Deadlines", "Next steps"]
MINE = Snippet(key=UUID(int=7), title="Our hours", body="We are here on weekdays until …", position=99)


def test_a_new_database_offers_the_five_heads_of_a_note_first(desk: Services) -> None:
    texts = desk.snippets.all()
    assert [text.title for text in texts[:5]] == HEADS
    assert texts == starter_snippets()
    assert all(text.ours and not text.ended and SLOT in text.body for text in texts)


def test_no_key_or_title_is_shipped_twice() -> None:
    assert len({text.key for text in starter_snippets()}) == len({text.title for text in starter_snippets()}) == 11


def test_a_text_is_added_once_changed_ended_and_offered_again(desk: Services) -> None:
    assert desk.snippets.keep(MINE).value == MINE
    assert desk.snippets.keep(MINE).value.version == 1
    changed = desk.snippets.keep(replace(MINE, body="We are here until …")).value
    assert (changed.version, changed.body) == (2, "We are here until …")
    ended = desk.snippets.end(changed.key, changed.version).value
    assert ended in desk.snippets.all()
    assert ended.ended
    assert not desk.snippets.reopen(ended.key, ended.version).value.ended


def test_who_saves_a_text_second_sees_what_the_first_one_saved(desk: Services) -> None:
    desk.snippets.keep(MINE)
    first = desk.snippets.keep(replace(MINE, title="Opening hours")).value
    with pytest.raises(Conflict, match="Opening hours") as conflict:
        desk.snippets.keep(replace(MINE, title="When we are here"))
    assert conflict.value.theirs == first
    with pytest.raises(Conflict):
        desk.snippets.end(MINE.key, 1)
    assert desk.snippets.all()[-1] == first


def test_a_text_needs_a_title_and_words(desk: Services) -> None:
    with pytest.raises(Invalid) as refused:
        desk.snippets.keep(replace(MINE, title=" ", body=""))
    assert set(refused.value.problems) == {"title", "body"}
    with pytest.raises(NotFound):
        desk.snippets.end(UUID(int=8), 1)


def test_a_text_of_ours_that_was_reworded_is_not_put_back(desk: Services, storage: Any) -> None:
    asked = desk.snippets.all()[0]
    reworded = desk.snippets.keep(replace(asked, body="They asked: …")).value
    with storage.writing() as work:
        assert work.snippets.add_missing(starter_snippets()) == 0
        work.commit()
    assert desk.snippets.all()[0] == reworded
