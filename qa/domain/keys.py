"""Names of derived things: each is the digest of everything that made it (D6)."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from qa.domain.call import Call
from qa.domain.derivations import Derivation
from qa.domain.evaluations import Answer
from qa.domain.limits import Limits
from qa.domain.rules import Rule
from transcribe.noun import Noun

# What of a call `measure` may use. Who served it, which team and when it was change no fact,
# so correcting them measures nothing again.
_MEASURED = {
    "id", "direction", "duration_s", "language", "channels", "events", "hung_up_by", "attributes",
}  # fmt: skip


def canonical_json(value: Any) -> str:
    """The one JSON text of a value: keys sorted, no spaces, characters as they are."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", by_alias=True)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(value: Any) -> str:
    """sha256 in hex of the value's canonical JSON."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


class _Inputs(Noun):
    """The inputs of one step; `key` names what the step makes of them."""

    @property
    def key(self) -> str:
        return digest_of({"made": type(self).__name__, "of": self.model_dump(mode="json")})


class TranscriptInputs(_Inputs):
    """What made a transcript: the recording's bytes, the model's bytes, the settings."""

    recording_sha256: str
    model_sha256: str
    settings_digest: str


class FactsInputs(_Inputs):
    """What made facts. call_digest: see `call_digest`; measurers: their versions' digest."""

    transcript_key: str
    call_digest: str
    patterns_digest: str
    limits_digest: str
    measurers: str


class FindingsInputs(_Inputs):
    """What made findings. rules_digest: see `rules_digest`; judge: version of the operators."""

    facts_key: str
    rules_digest: str
    judge: str


class EvaluationInputs(_Inputs):
    """What made an evaluation. scorer: version of the scoring code."""

    findings_key: str
    scorecard_digest: str
    answers_digest: str
    scorer: str


def call_digest(call: Call) -> str:
    """Digest of what facts may depend on; other metadata can change without a new measuring."""
    return digest_of(call.model_dump(mode="json", include=_MEASURED))


def limits_digest(limits: Limits) -> str:
    """Digest of every limit."""
    return digest_of(limits)


def rules_digest(rules: Iterable[Rule], derivations: Iterable[Derivation] = ()) -> str:
    """Digest of the rules' meaning and status and of the derivations, whatever their order."""
    given = [(one.id, "derive", one.digest) for one in derivations]
    return digest_of(sorted([*given, *((rule.id, rule.status, rule.digest) for rule in rules)]))


def answers_digest(answers: Iterable[Answer]) -> str:
    """Digest of the answers that count, whatever their order."""
    return digest_of(sorted(canonical_json(answer) for answer in answers))
