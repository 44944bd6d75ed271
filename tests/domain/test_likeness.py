"""When two records are said to be perhaps one person, and when never."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from ppsdesk.domain.codes import ContactKind, PersonKind
from ppsdesk.domain.likeness import Given, likeness, near
from ppsdesk.domain.people import Address, ContactPoint, PersonFacts

BORN = date(2015, 9, 3)
HOME = Address(key=uuid4(), postcode="ZZ10 7AB")
PHONE = ContactPoint(key=uuid4(), kind=ContactKind.PHONE, value="07700 900123")
AGAIN = ContactPoint(key=uuid4(), kind=ContactKind.PHONE, value="+44 7700 900 123")
SHORT = replace(PHONE, value="0123")
JANE = PersonFacts(given_names="Jane", family_name="Fernby")
TOM = PersonFacts(kind=PersonKind.CHILD, given_names="Tom", family_name="Fernby", born_on=BORN, addresses=(HOME,))


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        (replace(JANE, contacts=(PHONE,)), replace(JANE, contacts=(AGAIN,)),
         ("same name Jane Fernby", "same phone 07700 900123")),
        (PersonFacts(contacts=(PHONE,)), replace(JANE, contacts=(AGAIN,)), ("same phone 07700 900123",)),
        (replace(JANE, born_on=BORN), replace(JANE, born_on=BORN), ("same name Jane Fernby", "born Thu 3 Sep 2015")),
        (replace(JANE, addresses=(HOME,)), replace(JANE, given_names="Janey", family_name="Fernbie", addresses=(HOME,)),
         ("like name Janey Fernbie", "same postcode ZZ10 7AB")),
        (TOM, replace(TOM, given_names="Thomas"),
         ("like name Thomas Fernby", "born Thu 3 Sep 2015", "same postcode ZZ10 7AB")),
        (TOM, replace(TOM, born_on=date(2015, 3, 9)), ("same name Tom Fernby", "same postcode ZZ10 7AB")),
        (replace(JANE, former_names="Jane Marsh", born_on=BORN), replace(JANE, family_name="Marsh", born_on=BORN),
         ("same name Jane Marsh", "born Thu 3 Sep 2015")),
        (TOM, replace(TOM, kind=PersonKind.ADULT),
         ("same name Tom Fernby", "born Thu 3 Sep 2015", "same postcode ZZ10 7AB")),
    ],
)  # fmt: skip
def test_these_are_asked_about(first: PersonFacts, second: PersonFacts, shared: tuple[str, ...]) -> None:
    found = likeness(first, second)
    assert found.enough
    assert found.shared == shared
    assert likeness(second, first).score == found.score


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (TOM, replace(TOM, given_names="Ben")),
        (replace(TOM, contacts=(PHONE,)), replace(TOM, given_names="Ella", contacts=(PHONE,))),
        (replace(TOM, given_names="Mary"), replace(TOM, given_names="Marie")),
        (replace(TOM, given_names="Aled"), replace(TOM, given_names="Alec")),
        (replace(TOM, given_names="Jane"), replace(TOM, given_names="Joan")),
        (replace(TOM, given_names="Anna"), replace(TOM, given_names="Hannah")),
        (replace(JANE, contacts=(PHONE,)), replace(JANE, given_names="Alan", contacts=(PHONE,))),
        (replace(JANE, contacts=(PHONE,), addresses=(HOME,)),
         replace(TOM, given_names="Jane", contacts=(PHONE,), born_on=None)),
        (replace(JANE, born_on=date(1980, 1, 1), addresses=(HOME,)),
         replace(JANE, born_on=date(1955, 6, 2), addresses=(HOME,))),
        (JANE, JANE),
        (replace(JANE, contacts=(SHORT,)), replace(JANE, contacts=(SHORT,))),
        (TOM, replace(TOM, given_names="Tom", family_name="Quillwick", addresses=())),
        (PersonFacts(), PersonFacts()),
    ],
)  # fmt: skip
def test_these_never_are(first: PersonFacts, second: PersonFacts) -> None:
    assert not likeness(first, second).enough
    assert not likeness(second, first).enough


def test_children_of_one_adult_are_two_unless_the_name_is_one() -> None:
    younger = replace(TOM, given_names="Tommo", born_on=None)
    assert not likeness(TOM, replace(younger, given_names="Tod"), one_parent=True).enough
    assert likeness(TOM, replace(TOM, given_names="Thomas", born_on=None), one_parent=True).enough


def test_given_names_are_near_by_form_and_by_spelling() -> None:
    assert near("jane", "jane", strict=True) is Given.SAME
    assert near("tom", "thomas", strict=True) is Given.FORM
    assert near("j", "jane", strict=False) is Given.FORM
    assert near("bryony", "briony", strict=True) is Given.SPELLING
    assert near("anna", "hannah", strict=True) is Given.OTHER
    assert near("anna", "hannah", strict=False) is Given.FORM
    assert near("jane", "joan", strict=False) is Given.OTHER
