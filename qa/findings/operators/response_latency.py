"""`response_latency`: a party is slow to answer."""

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.excuses import WITHIN_S, less_excused
from qa.findings.hits import Selected, View
from qa.findings.measures import select_measured
from qa.findings.operator import Party, register, told
from transcribe.noun import Noun


class ResponseLatency(Noun):
    speaker: Party = told("who should have answered", "应当回应的一方")
    min_s: float = told(
        "shortest wait for the answer that counts, seconds", "计入的最短回应间隔，秒", gt=0
    )
    except_after: tuple[str, ...] = told(
        "does not count soon after one of these: word lists (hold_notice, looking_up) or `hold`",
        "刚说过这些之后不算：词表（hold_notice 请稍等、looking_up 客户在查找），或 hold（保持）",
        (),
    )
    except_within_s: float = told(
        "how soon after them the wait must begin, seconds",
        "间隔须在其后多少秒内开始才算例外",
        WITHIN_S,
        gt=0,
    )


@register(
    "response_latency",
    title=("response latency", "响应时延"),
    params=ResponseLatency,
    needs=lambda want: ("turn_ends", "holds", "speakers"),
    example="response_latency: {speaker: csr, min_s: 5, except_after: [hold_notice, looking_up]}",
    weighs_speakers=True,
)
def response_latency(
    view: View, want: ResponseLatency, window: Window | None, limits: Limits
) -> Selected:
    """Waits of at least so long from the other party's end to this party's answer.

    A change of speaker with a hold in between is no answer and never counts.
    """
    found = select_measured(
        view, "response_latency", window, limits, speaker=want.speaker, at_least=want.min_s
    )
    hits = less_excused(view, found.hits, want.except_after, limits, within_s=want.except_within_s)
    return Selected(hits, found.search)
