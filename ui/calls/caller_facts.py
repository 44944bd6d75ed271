"""Who called and about whom: from what stands in the form to what the call keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ppsdesk.domain.calls import CallFacts
from ppsdesk.domain.finding import Typed
from ppsdesk.domain.references import reference_for
from ui.calls.brought import THEMSELVES, part_key
from ui.who.who import Who

if TYPE_CHECKING:
    from ui.who.child_chips import Children

Values = Mapping[str, object]


def who_of(facts: CallFacts) -> Who | None:
    """Whoever called, for the one box: on record, in words only, or by the reference they were given."""
    if facts.caller is not None:
        return Who(person=facts.caller, name=facts.caller_name)
    if facts.caller_name:
        return Who(name=facts.caller_name, typed=Typed(name=facts.caller_name))
    return Who(reference=facts.reference) if facts.anonymous and facts.reference else None


def is_to_be_recorded(values: Values) -> bool:
    """Whether a new caller is to be put on record: somebody who gave a name or a phone, and is not anonymous."""
    who = values.get("caller")
    if not isinstance(who, Who) or not who.is_new or values.get("anonymous"):
        return False
    return any(values.get(name) for name in ("new_given", "new_family", "phone"))


def typed_of(values: Values) -> Typed:
    """What was typed into the box, taken apart; nothing where somebody was chosen."""
    who = values.get("caller")
    return (who.typed if isinstance(who, Who) else None) or Typed()


def name_of_caller(values: Values) -> str:
    """As the call keeps it in words, "" for nobody."""
    who = values.get("caller")
    if not isinstance(who, Who) or values.get("anonymous"):
        return ""
    new = " ".join(str(values[name]) for name in ("new_given", "new_family") if values.get(name))
    return new if who.is_new and new else who.name


def caller_facts(
    values: Values, *, key: UUID | None, base: CallFacts | None = None, changed: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Caller, children and reference of a call.

    `key` of a call that is logged now makes the keys of what it brings. A call on record (`base`) is given only what
    was `changed`; nobody new comes on record with it.
    """
    who = values.get("caller")
    facts: dict[str, Any] = {}
    if base is None or "caller" in changed:
        facts["caller_name"] = name_of_caller(values)
        facts["caller"] = who.person if isinstance(who, Who) and not values.get("anonymous") else None
        if key is not None and is_to_be_recorded(values):
            facts["caller"] = part_key(key, "caller")
    if base is None or "children" in changed:
        facts |= _children_facts(values, facts.get("caller"))
    if key is not None:
        facts["reference"] = reference_of(values, key)
    return facts


def reference_of(values: Values, key: UUID) -> str:
    """What an anonymous caller is given to quote: what they quoted themselves, else the call's own; "" with a name."""
    if not values.get("anonymous"):
        return ""
    who = values.get("caller")
    return (who.reference if isinstance(who, Who) else "") or reference_for(key)


def _children_facts(values: Values, caller: UUID | None) -> dict[str, Any]:
    children = values["children"]
    if TYPE_CHECKING:
        assert isinstance(children, Children)
    keys, names = children.all_keys, str(values.get("child_words") or "")
    if not keys and not children.not_one_child and caller is not None and values.get("caller_kind") in THEMSELVES:
        keys, names = (caller,), name_of_caller(values)  # a young person about themselves
    facts: dict[str, Any] = {"children": keys, "not_one_child": children.not_one_child}
    if keys or not values.get("child_name"):
        facts["child_name"] = names
    return facts
