"""Packs: everything that people wrote in YAML, validated and cross-referenced."""

from qa.domain.call import Call
from qa.domain.coaching import Course, Skill
from qa.domain.patterns import Patterns
from qa.domain.rules import Rule
from qa.domain.scorecards import Scorecard
from transcribe.noun import Noun


class Packs(Noun):
    """Rules, word lists, scorecards, skills and courses of one site.

    patterns: one entry a language, word lists and the rules' inline phrases compiled together.
    """

    rules: tuple[Rule, ...]
    patterns: tuple[Patterns, ...]
    scorecards: tuple[Scorecard, ...]
    skills: tuple[Skill, ...]
    courses: tuple[Course, ...]
    digest: str

    def patterns_for(self, call: Call) -> Patterns:
        """Patterns of the call's language; the call must have one."""
        return next(p for p in self.patterns if p.language == call.language)

    def rules_for(self, call: Call) -> tuple[Rule, ...]:
        """Rules of the call's language that are not retired and apply to the call."""
        return tuple(
            rule
            for rule in self.rules
            if rule.language == call.language and rule.status != "retired" and _applies(rule, call)
        )

    def scorecard_for(self, call: Call) -> Scorecard:
        """The call's scorecard: by language and direction; the first one where several fit."""
        same = [s for s in self.scorecards if s.language == call.language]
        return next((s for s in same if s.direction == call.direction), same[0])


def _applies(rule: Rule, call: Call) -> bool:
    want = rule.applies_to
    return (
        (not want.direction or call.direction in want.direction)
        and (not want.queue or call.queue in want.queue)
        and all(call.attributes.get(name) in values for name, values in want.attributes.items())
    )
