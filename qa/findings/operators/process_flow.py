"""`process_flow`: steps come in their order, with optional ones, branches and allowed gaps."""

from typing import Self

from pydantic import field_validator, model_validator

from qa.domain.limits import Limits
from qa.domain.lists_used import MEASURED
from qa.domain.rules import Window
from qa.findings.flows import MAX_WAYS, Walk, walked, ways_of
from qa.findings.hits import Selected, Stopped, View
from qa.findings.operator import Party, register, told, wrong
from transcribe.noun import Noun


class Step(Noun):
    """One step: something that is said, or measured (hold, transfer), by somebody."""

    words: tuple[str, ...] | str = told(
        "word list of which a wording must come, or several of which any; or `hold`, `transfer`",
        "须出现的词表，或多个（任一即可）；也可写 hold、transfer",
        (),
    )
    speaker: Party | None = told("who says it; empty: anyone", "说话方；空为任何一方", None)
    optional: bool = told("true: may be left out", "true 为可省略", False)
    one_of: tuple[tuple["Step", ...], ...] = told(
        "instead of words: branches, each a list of steps, of which one must come",
        "代替 words：若干分支，每个分支是一串步骤，须走完其一",
        (),
    )

    @field_validator("words", mode="after")
    @classmethod
    def _several(cls, words: tuple[str, ...] | str) -> tuple[str, ...]:
        return (words,) if isinstance(words, str) else words

    @model_validator(mode="after")
    def _words_or_branches(self) -> Self:
        if bool(self.words) == bool(self.one_of):
            raise wrong("a step has words or one_of, not both", "每一步写 words 或 one_of 之一")
        if self.one_of and self.speaker is not None:
            raise wrong("write the speaker in the branches", "说话方请写在各分支里")
        if self.one_of and any(not branch for branch in self.one_of):
            raise wrong("a branch has at least one step", "每个分支至少一步")
        return self

    @property
    def lists(self) -> tuple[str, ...]:
        return (self.words,) if isinstance(self.words, str) else self.words


class ProcessFlow(Noun):
    steps: tuple[Step, ...] = told(
        "the steps in their order, each with words, speaker, optional, or one_of (branches)",
        "按先后排列的步骤，每步可写 words、speaker、optional 或 one_of（分支）",
        min_length=2,
        max_length=20,
    )
    max_gap_s: float | None = told(
        "seconds from the end of one step to the start of the next at most; empty: no bound",
        "上一步结束到下一步开始最多多少秒；空为不限",
        None,
        gt=0,
    )
    max_gap_turns: int | None = told(
        "turns from one step to the next at most; empty: no bound",
        "上一步到下一步最多隔几个话轮；空为不限",
        None,
        ge=1,
    )

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        ways = ways_of(self.steps)
        if len(ways) > MAX_WAYS:
            raise wrong(
                f"the branches make more than {MAX_WAYS} ways; split the flow",
                f"分支组合超过 {MAX_WAYS} 种走法，请拆分流程",
            )
        if any(all(step.optional for step in way) for way in ways):
            raise wrong(
                "each way needs a step that is not optional", "每种走法至少要有一个必需步骤"
            )
        return self


@register(
    "process_flow",
    title=("process flow", "流程"),
    params=ProcessFlow,
    needs=lambda want: _needs(want),
    example="process_flow: {steps: [{words: greeting, speaker: csr}, "
    "{words: ask_identity, speaker: csr}, {words: restate, optional: true}, "
    "{words: closing, speaker: csr}]}",
    weighs_speakers=True,
)
def process_flow(view: View, want: ProcessFlow, window: Window | None, limits: Limits) -> Selected:
    """The first completed run through the steps, from the first step's start to the last's end.

    A step begins after the one before began. When no run is complete, the reason names the step
    that is missing on the way that came farthest, and where the step before it was; a near sound
    of that step leaves it open.
    """
    search = view.search(None, window)
    walks = [walked(way, view, search, want, limits) for way in ways_of(want.steps)]
    done = next((walk for walk in walks if walk.complete and walk.sure), None) or next(
        (walk for walk in walks if walk.complete), None
    )
    if done is not None:
        return Selected((done.hit,), search, proof=done.path, wanted=done.wanted)
    best: Walk = max(walks, key=lambda walk: len(walk.path))
    steps = [walk.missing for walk in walks if walk.path == best.path]
    kinds = tuple(dict.fromkeys(kind for step in steps for kind in step.lists))
    whose = {step.speaker for step in steps}
    since_s = best.path[-1].fact.start_s if best.path else search.span.start_s
    turns = [
        turn
        for turn in search.turns
        if turn.end_s > since_s
        and (turn.speaker == "unknown" or not whose.isdisjoint((None, turn.speaker)))
    ]
    sought = view.among(turns, since_s, max(search.span.end_s, since_s))
    near = tuple(one for one in view.near(kinds) if sought.holds(one))
    stopped = Stopped(kinds, best.number, best.path[-1] if best.path else None)
    heard = tuple(kind for kind in kinds if kind not in MEASURED)
    return Selected((), sought, near, wanted=heard, proof=best.path, stopped=stopped)


def _needs(want: ProcessFlow) -> tuple[str, ...]:
    """Who speaks, where a step says who; holds, where a step is one."""
    steps = [step for way in ways_of(want.steps) for step in way]
    return (("holds",) if any("hold" in step.lists for step in steps) else ()) + (
        ("speakers",) if any(step.speaker for step in steps) else ()
    )
