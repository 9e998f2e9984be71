"""`process_flow`: steps come in their order, with optional ones, branches and allowed gaps."""

from qa.domain.limits import Limits
from qa.domain.lists_used import MEASURED
from qa.domain.rules import Window
from qa.findings.flows import ProcessFlow, Walk, walked, ways_of
from qa.findings.hits import Selected, Stopped, View
from qa.findings.operator import register


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
