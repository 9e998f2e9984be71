"""JSON Schemas of the YAML files that people write, so that their editors complete them.

They say the files' shape as written (sugar included); what only the whole pack can tell, such
as an unknown word list, `qa check` tells.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from qa.domain.coaching import Course, Skill
from qa.domain.contacts import Topic
from qa.domain.curriculum import Curriculum
from qa.domain.derivations import DerivationCase
from qa.domain.development import Role
from qa.domain.logic import Verdict
from qa.domain.patterns import Synonyms, WordList
from qa.domain.quiet import QuietCall, QuietException
from qa.domain.rules import AREAS, AppliesTo, Case, Record, Window
from qa.domain.scorecards import Scorecard
from qa.domain.text import Text
from qa.findings.operators import OPERATORS
from qa.flow.docs_yaml_logic import logic_schema
from qa.settings import SiteSettings
from transcribe.noun import Noun

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Json = dict[str, Any]
_MADE_BY_READING = ("place", "digest")  # filled when a file is read; nobody writes them


def yaml_schemas() -> Mapping[str, Json]:
    """File name under docs/schema/yaml/ -> schema, of every kind of file people write."""
    words = _without_language(_of(WordList))
    topics = _listed("Topics of calls: rules/topics/<language>.yaml", "topics", Topic)
    _without_language(topics["properties"]["topics"]["items"])
    return {
        "rules.json": _rules(),
        "words.json": _headed(
            "A word list: rules/words/<language>/<kind>.yaml, or an entity's wordings: "
            "rules/entities/<language>/<kind>.yaml",
            words,
        ),
        "synonyms.json": _listed(
            "Synonym groups: rules/synonyms/<language>.yaml", "synonyms", Synonyms
        ),
        "topics.json": topics,
        "scorecard.json": _under(
            "A scorecard: scorecards/<language>/*.yaml", "scorecard", Scorecard
        ),
        "courses.json": _listed("Courses: scorecards/courses.yaml", "courses", Course),
        "skills.json": _listed("Skills: scorecards/skills.yaml", "skills", Skill),
        "roles.json": _listed("The role ladder: scorecards/roles.yaml", "roles", Role),
        "curriculum.json": _headed(
            "A quarter's training: what `qa curriculum propose` writes", _of(Curriculum)
        ),
        "settings.json": _headed("A site's settings.yaml", _of(SiteSettings)),
        "quiet.json": _quiet(),
    }


def _headed(title: str, schema: Json) -> Json:
    return {"$schema": DRAFT, **schema, "title": title}


def _without_language(schema: Json) -> Json:
    """The schema of what stands in a language's own file or folder: that says the language."""
    schema["properties"].pop("language")
    schema["required"].remove("language")
    return schema


def _of(model: type[BaseModel]) -> Json:
    """The model's schema as it is written, without what reading fills in."""
    schema = model.model_json_schema(mode="validation", by_alias=True)
    for one in (schema, *schema.get("$defs", {}).values()):
        for name in _MADE_BY_READING:
            one.get("properties", {}).pop(name, None)
    return schema


def _wrapped(title: str, key: str, body: Json, definitions: Json) -> Json:
    return {
        "$schema": DRAFT,
        "title": title,
        "type": "object",
        "properties": {key: body},
        "required": [key],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _under(title: str, key: str, model: type[Noun]) -> Json:
    schema = _of(model)
    definitions = schema.pop("$defs", {})
    return _wrapped(title, key, schema, definitions)


def _listed(title: str, key: str, model: type[Noun]) -> Json:
    schema = _of(model)
    definitions = schema.pop("$defs", {})
    body = {"type": "array", "minItems": 1, "items": schema}
    return _wrapped(title, key, body, definitions)


def _quiet() -> Json:
    calls, exceptions = _of(QuietCall), _of(QuietException)
    definitions = {**calls.pop("$defs", {}), **exceptions.pop("$defs", {})}
    body = {
        "type": "object",
        "properties": {
            "calls": {"type": "array", "items": calls},
            "exceptions": {"type": "array", "items": exceptions},
        },
        "additionalProperties": False,
    }
    return _wrapped("The quiet set: rules/quiet/<language>.yaml", "quiet", body, definitions)


def _rules() -> Json:
    nouns = (Text, AppliesTo, Case, DerivationCase, Record, Window, Verdict)
    parts = [(one, "validation") for one in nouns]
    _, shared = models_json_schema(parts, by_alias=True)  # type: ignore[arg-type]
    definitions = dict(shared["$defs"])
    for one in definitions.values():
        for name in (*_MADE_BY_READING, "op"):
            one.get("properties", {}).pop(name, None)
    uses = {name: _use(name, definitions) for name in OPERATORS}
    definitions["Condition"] = {
        "description": "one operator with its parameters / 一个算子和它的参数",
        "type": "object",
        "properties": uses,
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
    }
    definitions["Logic"] = logic_schema()
    rule = {
        "type": "object",
        "properties": {**_plain_fields(), **uses},
        "required": ["id", "name", "title", "why", "wrong_when"],
        "additionalProperties": False,
    }
    made = _wrapped(
        "Rules: rules/<language>/*.yaml", "rules", {"type": "array", "items": rule}, definitions
    )
    made["properties"]["derive"] = {"type": "array", "items": _derivation()}
    made["anyOf"] = [{"required": made.pop("required")}, {"required": ["derive"]}]
    return made


def _derivation() -> Json:
    """A derivation: a fact that follows from others, or a waiver."""
    text, word = {"$ref": "#/$defs/Text"}, {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
    level = "its level, a name or a number / 级别，名称或数字"
    return {
        "type": "object",
        "properties": {
            "id": word,
            "kind": {**word, "description": "kind of the derived fact / 推得事实的种类"},
            "value": {"type": ["string", "number"], "description": level},
            "waives": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "string"},
                "description": "rules that it lifts, in place of kind / 豁免的规则，代替 kind",
            },
            "title": text,
            "why": text,
            "applies_to": {"$ref": "#/$defs/AppliesTo"},
            "conditions": _conditions(),
            "each": {
                "type": "string",
                "description": "a condition: `when` is asked for each of its hits alone / "
                "条件名：对它的每一处命中分别判断",
            },
            "when": {"$ref": "#/$defs/Logic"},
            "cases": {"type": "array", "items": {"$ref": "#/$defs/DerivationCase"}},
        },
        "required": ["id", "title", "why", "when"],
        "oneOf": [{"required": ["kind"]}, {"required": ["waives"]}],
        "additionalProperties": False,
    }


def _conditions() -> Json:
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^[a-z][a-z0-9_]*$"},
        "additionalProperties": {"$ref": "#/$defs/Condition"},
    }


def _use(name: str, definitions: Json) -> Json:
    """An operator's parameters, with its window where it takes one."""
    operator = OPERATORS[name]
    schema = operator.params.model_json_schema(mode="validation", by_alias=True)
    inner = schema.pop("$defs", {})
    for one in (schema, *inner.values()):
        for field in one.get("properties", {}).values():
            chinese = field.pop("zh", "")
            if chinese:
                field["description"] = f"{field.get('description', '')} / {chinese}"
    definitions |= inner
    properties = {**schema.get("properties", {}), "window": {"$ref": "#/$defs/Window"}}
    schema |= {
        "title": f"{operator.title.en} / {operator.title.zh}",
        "description": f"{operator.doc.splitlines()[0]} Example: {operator.example}",
        "properties": properties,
        "additionalProperties": False,
    }
    if not schema.get("required"):
        return {"anyOf": [schema, {"type": "null"}]}
    return schema


def _plain_fields() -> Json:
    text, logic = {"$ref": "#/$defs/Text"}, {"$ref": "#/$defs/Logic"}
    strings = {"type": "array", "items": {"type": "string"}}
    areas = "|".join(AREAS)
    return {
        "id": {"type": "string", "pattern": f"^({areas})-[0-9]{{3}}$"},
        "name": {
            "type": "string",
            "pattern": "^[a-z][a-z0-9_]*$",
            "description": "a claim about the CSR, third person, present",
        },
        "title": text,
        "why": {**text, "description": "why the standard exists"},
        "wrong_when": {**text, "description": "when the rule may be mistaken"},
        "status": {"enum": ["trial", "live", "retired"], "default": "trial"},
        "applies_to": {"$ref": "#/$defs/AppliesTo"},
        "conditions": _conditions(),
        "only_if": logic,
        "unless": logic,
        "met_when": logic,
        "not_met_when": logic,
        "say": {**strings, "description": "wordings that would have been right"},
        "references": strings,
        "record": {"$ref": "#/$defs/Record"},
        "cases": {"type": "array", "items": {"$ref": "#/$defs/Case"}},
    }
