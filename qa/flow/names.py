"""Under which name each result of a run is kept (D6): the digests of all that makes it."""

from qa.domain.call import Call
from qa.domain.evaluations import Answer
from qa.domain.keys import (
    EvaluationInputs,
    FactsInputs,
    FindingsInputs,
    TranscriptInputs,
    answers_digest,
    call_digest,
    digest_of,
    limits_digest,
    rules_digest,
)
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.scorecards import Scorecard
from qa.store.store import Store
from transcribe.settings import TranscribeSettings

JUDGE = "1"  # version of operators, engine and reasons: raised when their meaning changes
SCORER = "1"  # version of the scoring arithmetic


class Names:
    """The names of a call's transcript, and of what is made of it for each part of the call."""

    def __init__(
        self,
        store: Store,
        packs: Packs,
        limits: Limits,
        settings: TranscribeSettings,
        scorecard: Scorecard | None,
    ) -> None:
        self.store = store
        self.packs = packs
        self.limits = limits
        self.settings = settings
        self._scorecard = scorecard
        self._heard: dict[str, TranscriptInputs] = {}

    def hear(self, call: Call, *, recording_sha256: str, recogniser: str) -> TranscriptInputs:
        """The name of the call's transcript, kept for `transcript`.

        Beside recording and model, what the metadata told of channels and language is in it.
        """
        told = [self.settings.digest(), call.channels, call.language]
        self._heard[call.id] = TranscriptInputs(
            recording_sha256=recording_sha256,
            model_sha256=recogniser,
            settings_digest=digest_of(told),
        )
        return self._heard[call.id]

    def transcript(self, call: Call) -> TranscriptInputs:
        """What `hear` made of the call before."""
        return self._heard[call.id]

    def facts(self, call: Call, part: Call) -> FactsInputs:
        from qa.facts.measure import made_by  # a fifth of a second to load: only who judges asks

        patterns = self.packs.patterns_for(part, self.scorecard(part))
        return FactsInputs(
            transcript_key=self.transcript(call).key,
            call_digest=call_digest(part),
            patterns_digest=patterns.digest,
            limits_digest=limits_digest(self.limits),
            measurers=made_by(patterns, self.limits),
        )

    def findings(self, facts: FactsInputs, part: Call) -> FindingsInputs:
        return FindingsInputs(
            facts_key=facts.key,
            rules_digest=rules_digest(
                self.packs.rules_for(part, self.scorecard(part)),
                self.packs.derivations_for(part),
            ),
            judge=JUDGE,
        )

    def evaluation(self, findings: FindingsInputs, part: Call) -> EvaluationInputs:
        return EvaluationInputs(
            findings_key=findings.key,
            scorecard_digest=self.scorecard(part).digest,
            answers_digest=answers_digest(self.answers(part)),
            scorer=SCORER,
        )

    def scorecard(self, part: Call) -> Scorecard:
        """The one the user chose, else the packs' own for the call."""
        return self._scorecard or self.packs.scorecard_for(part)

    def answers(self, part: Call) -> tuple[Answer, ...]:
        """What people answered on the part's scorecard."""
        return self.store.answers(part.id, scorecard=self.scorecard(part).id)
