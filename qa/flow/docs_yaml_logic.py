"""JSON Schema of a rule's logic, as people write it."""

from typing import Any

from qa.domain.logic import MOST_S, MOST_TURNS
from qa.domain.rules import AREAS
from qa.packs.logic import RELATIONS

Json = dict[str, Any]


def logic_schema() -> Json:
    """A condition's name, or one logic word with its parts."""
    again, name = {"$ref": "#/$defs/Logic"}, {"type": "string"}
    parts = {"type": "array", "minItems": 1, "items": again}
    count = {"type": "integer", "minimum": 1, "maximum": 100}
    relation = {
        "anyOf": [
            {"type": "array", "items": name, "minItems": 2, "maxItems": 2},
            {
                "type": "object",
                "properties": {
                    "find": name,
                    "anchor": name,
                    "hit": {"anyOf": [{"enum": ["any", "every", "first", "last"]}, count]},
                    "within_s": {"type": "number", "exclusiveMinimum": 0, "maximum": MOST_S},
                    "within_turns": {"type": "integer", "minimum": 1, "maximum": MOST_TURNS},
                },
                "required": ["find", "anchor"],
                "additionalProperties": False,
            },
        ]
    }
    at_least = {
        "type": "object",
        "properties": {"n": count, "find": name, "of": parts},
        "required": ["n"],
        "oneOf": [{"required": ["find"]}, {"required": ["of"]}],
        "additionalProperties": False,
    }
    faults = {
        "type": "object",
        "properties": {
            "at_least": count,
            "rules": {"type": "array", "minItems": 1, "items": name},
            "area": {"enum": list(AREAS)},
            "skill": name,
        },
        "oneOf": [{"required": [one]} for one in ("rules", "area", "skill")],
        "additionalProperties": False,
    }
    words = {
        "all": parts,
        "any": parts,
        "not": again,
        "at_least": at_least,
        **dict.fromkeys(RELATIONS, relation),
        "rule": {"anyOf": [name, {"$ref": "#/$defs/Verdict"}]},
        "faults": faults,
    }
    tree = {
        "type": "object",
        "properties": words,
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
    }
    return {"anyOf": [name, tree]}
