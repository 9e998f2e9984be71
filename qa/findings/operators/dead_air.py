"""`dead_air`: both sides are silent and nobody is on hold."""

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.excuses import WITHIN_S, less_excused
from qa.findings.hits import Hit, Selected, View
from qa.findings.measures import select_measured
from qa.findings.operator import Party, register, told
from transcribe.noun import Noun


class DeadAir(Noun):
    min_s: float = told("shortest silence that counts, seconds", "计入的最短静音，秒", gt=0)
    after_whom: Party | None = told(
        "only silences after this party's words, so that the other should have spoken; "
        "empty: after anybody's",
        "只计此方说完之后的静音（应由另一方说话）；空为不限",
        None,
    )
    except_after: tuple[str, ...] = told(
        "does not count soon after one of these: word lists (hold_notice, looking_up) or `hold`",
        "刚说过这些之后不算：词表（hold_notice 请稍等、looking_up 客户在查找），或 hold（保持）",
        (),
    )
    except_within_s: float = told(
        "how soon after them the silence must begin, seconds",
        "静音须在其后多少秒内开始才算例外",
        WITHIN_S,
        gt=0,
    )


@register(
    "dead_air",
    title=("dead air", "静音"),
    params=DeadAir,
    needs=lambda want: ("activity", "speakers") if want.after_whom else ("activity",),
    example="dead_air: {min_s: 6, after_whom: customer, except_after: [hold_notice, looking_up]}",
    weighs_speakers=True,
)
def dead_air(view: View, want: DeadAir, window: Window | None, limits: Limits) -> Selected:
    """Mutual silences outside holds that last long enough."""
    found = select_measured(view, "dead_air", window, limits, at_least=want.min_s)
    hits = found.hits
    if want.after_whom is not None:
        whose = {hit: _spoke_before(view, hit.fact) for hit in hits}
        hits = tuple(
            hit if whose[hit] != "unknown" or hit.doubt else Hit(hit.fact, "unknown_speaker")
            for hit in hits
            if whose[hit] in (want.after_whom, "unknown")
        )
    hits = less_excused(view, hits, want.except_after, limits, within_s=want.except_within_s)
    return Selected(hits, found.search)


def _spoke_before(view: View, silence: Fact) -> str | None:
    """Who spoke last before the silence; None when nobody had spoken yet."""
    before = [turn for turn in view.facts.turns if turn.start_s < silence.start_s]
    last = max(
        before, key=lambda turn: (min(turn.end_s, silence.start_s), turn.index), default=None
    )
    return None if last is None else last.speaker
