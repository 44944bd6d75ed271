"""Relationships: who is what to whom, read from either side."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, and_, or_, select

from ppsdesk.domain.codes import Known
from ppsdesk.domain.families import Relationship, Tie
from ppsdesk.domain.people import PersonFacts
from ppsdesk.domain.vocabulary import Vocabulary
from ppsdesk.storage.belongings import Belongings, changed_meanwhile
from ppsdesk.storage.keyed import KeyedTable, term_id
from ppsdesk.storage.people import PERSON
from ppsdesk.storage.people_rows import RelationshipRow
from ppsdesk.storage.plain_words import stored_values

RELATIONSHIP: Table = RelationshipRow.__table__  # type: ignore[assignment]
RELATIONSHIPS = KeyedTable(RELATIONSHIP, "This relationship is not in the database any more.")
_NAMES = ("given_names", "family_name", "known_as")
_SHOWN = (*_NAMES, "key", "kind", "born_on")
_ONE, _OTHER = PERSON.alias("one"), PERSON.alias("other")
_TIES = (
    select(RELATIONSHIP, *(side.c[name].label(f"{side.name}_{name}") for side in (_ONE, _OTHER) for name in _SHOWN))
    .join_from(RELATIONSHIP, _ONE, RELATIONSHIP.c.person_id == _ONE.c.id)
    .join(_OTHER, RELATIONSHIP.c.other_id == _OTHER.c.id)
)


class TieRepository(Belongings):
    """The relationships, on one unit of work's connection."""

    @stored_values()
    def ties(self, person_id: int) -> tuple[Tie, ...]:
        """Every relationship of one person, from either side, without those removed or with people who were."""
        outgoing = and_(RELATIONSHIP.c.person_id == person_id, _OTHER.c.removed_at.is_(None))
        incoming = and_(RELATIONSHIP.c.other_id == person_id, _ONE.c.removed_at.is_(None))
        question = _TIES.where(RELATIONSHIP.c.removed_at.is_(None), or_(outgoing, incoming))
        found = self._connection.execute(question.order_by(RELATIONSHIP.c.id)).mappings()
        return tuple(self._tie(row, outgoing=row["person_id"] == person_id) for row in found)

    @stored_values()
    def relationship(self, key: UUID) -> Relationship:
        """One relationship, removed or not. `NotFound`."""
        row = self._connection.execute(_TIES.where(RELATIONSHIP.c.key == key)).mappings().one_or_none()
        if row is None:
            raise RELATIONSHIPS.not_there()
        return self._relationship(row)

    def add_relationship(self, tie: Relationship) -> Relationship:
        """Put a tie on record, or find that one of this key is there already: it is then as it was said last, unless
        somebody changed it meanwhile."""
        new = {**self._tie_values(tie), "key": tie.key, "version": 1}
        if RELATIONSHIPS.add_once(self._connection, new) is None:
            kept = self.relationship(tie.key)
            if kept.version == 1 and kept != replace(tie, version=1):
                return self.amend_relationship(replace(tie, version=1))
        return self.relationship(tie.key)

    def amend_relationship(self, tie: Relationship) -> Relationship:
        """Change it; whom it is between may change too: the wrong child was chosen."""
        return self._change_tie(tie.key, tie.version, self._tie_values(tie))

    def remove_relationship(self, key: UUID, version: int, at: datetime | None) -> Relationship:
        """Take out one entered by mistake, or put it back (`at` None)."""
        return self._change_tie(key, version, {"removed_at": at})

    def _change_tie(self, key: UUID, version: int, values: dict[str, Any]) -> Relationship:
        if not RELATIONSHIPS.change(self._connection, key, version, values):
            raise changed_meanwhile("relationship", self.relationship(key))
        return self.relationship(key)

    def _tie_values(self, tie: Relationship) -> dict[str, Any]:
        return {
            "person_id": self._people.id_of(tie.person),
            "other_id": self._people.id_of(tie.other),
            "kind_id": term_id(self._connection, self._terms, Vocabulary.RELATIONSHIP, tie.kind),
            "responsibility": tie.responsibility.value,
            "lives_with": tie.lives_with.value,
            "may_know": tie.may_know.value,
            "note": tie.note,
            "valid_from": tie.valid_from,
            "valid_to": tie.valid_to,
        }

    def _relationship(self, row: Any) -> Relationship:
        return Relationship(
            key=row["key"],
            person=row["one_key"],
            other=row["other_key"],
            kind=self._terms.code(self._connection, row["kind_id"]),
            responsibility=Known(row["responsibility"]),
            lives_with=Known(row["lives_with"]),
            may_know=Known(row["may_know"]),
            note=row["note"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            version=row["version"],
        )

    def _tie(self, row: Any, *, outgoing: bool) -> Tie:
        side = "other" if outgoing else "one"
        return Tie(
            relationship=self._relationship(row),
            other=row[f"{side}_key"],
            other_name=PersonFacts(**{name: row[f"{side}_{name}"] for name in _NAMES}).name,
            other_kind=row[f"{side}_kind"],
            other_born_on=row[f"{side}_born_on"],
            outgoing=outgoing,
        )
