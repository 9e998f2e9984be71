"""Calls back to customers who were promised one: some in time, some late, some never."""

import heapq
from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np

from qa.domain.script import Script, read_script
from transcribe.transcript import Language

AFTER_H = (2.0, 60.0)  # so long after the promise; the lines promise one to some days
WORDS: dict[Language, tuple[str, ...]] = {
    "zh": (
        "csr: 您好，我是客服中心的工号一零二三，上次您来电的事情现在给您回复。",
        "customer: 好的，我现在方便接电话，你慢慢讲吧。",
        "csr: 您反映的情况已经核实清楚，费用已经更正，下个月的账单就能看到。",
        "customer: 好的，我知道了，谢谢你。",
        "csr: 请问还有什么可以帮您？没有的话，感谢您的接听，祝您生活愉快，再见。",
    ),
    "en": (
        "csr: Good morning, this is Nora from customer service, calling you back as agreed.",
        "customer: Yes, speaking, I have a moment to talk about this now, go on please.",
        "csr: We have checked it, the charge was corrected and you will see it on the next bill.",
        "customer: All right, I see, thank you.",
        "csr: Is there anything else I can help you with? Thank you for your time, goodbye.",
    ),
}


def with_callbacks(
    scripts: Iterator[Script], *, share: float, seed: int, until: datetime | None = None
) -> Iterator[Script]:
    """The calls, and calls back to `share` of those to whom a CSR promised one, by start time.

    The calls themselves stay as they are. A promise is known by its rule's expectation.
    until: what would be called back from this moment on has not been yet.
    """
    rng = np.random.default_rng([seed, 7])
    waiting: list[tuple[datetime, str, Script]] = []
    for script in scripts:
        started_at = script.call.started_at
        while waiting and started_at is not None and waiting[0][0] <= started_at:
            yield heapq.heappop(waiting)[2]
        yield script
        if started_at is not None and _promised(script) and rng.random() < share:
            at = started_at + timedelta(hours=float(rng.uniform(*AFTER_H)))
            if until is None or at < until:
                back = callback(script, at)
                heapq.heappush(waiting, (at, back.call.id, back))
    while waiting:
        yield heapq.heappop(waiting)[2]


def callback(promised: Script, at: datetime) -> Script:
    """The CSR's call to the customer of that call, at that time."""
    call = promised.call
    lines = [f"# back-{call.id}   language: {promised.transcript.language}   channels: 2"]
    start_s = 1.0
    for words in WORDS[promised.transcript.language]:
        units = len(words.split()) if promised.transcript.language == "en" else len(words)
        end_s = start_s + max(2.0, units / (2.6 if promised.transcript.language == "en" else 4.4))
        lines.append(f"{_clock(start_s)}-{_clock(end_s)} {words}")
        start_s = end_s + 0.5
    script = read_script("\n".join(lines) + "\n", name=f"back-{call.id}")
    told = script.call.model_copy(
        update={
            "id": f"back-{call.id}",
            "source": f"back-{call.source}",
            "csr_id": call.csr_id,
            "csr_name": call.csr_name,
            "team": call.team,
            "queue": call.queue,
            "customer_key": call.customer_key,
            "direction": "outbound",
            "started_at": at,
            "hung_up_by": "customer",
        }
    )
    return script.model_copy(update={"call": told})


def _promised(script: Script) -> bool:
    return any(
        one.rule_id == "PRO-001" and one.verdict in ("met", "not_met")
        for one in script.expectations
    )


def _clock(seconds: float) -> str:
    return f"{int(seconds // 60):02d}:{seconds % 60:04.1f}"
