"""`promise`: the CSR promises something to the customer, with or without a deadline."""

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, View, sort_hits
from qa.findings.operator import register, told
from transcribe.noun import Noun


class Promise(Noun):
    deadline: bool | None = told(
        "true: only promises that name a time; false: only those that do not; empty: all",
        "true 仅含时限的承诺；false 仅无时限的承诺；空为全部",
        None,
    )


@register(
    "promise",
    title=("promise", "承诺"),
    params=Promise,
    needs=lambda want: ("speakers",),
    example="promise: {deadline: false}",
    weighs_speakers=True,
)
def promise(view: View, want: Promise, window: Window | None, limits: Limits) -> Selected:
    """Promises of the CSR; the deadline is the fact's value."""
    search = view.search("csr", window)
    found = [
        fact
        for fact in view.of(("promise",))
        if fact.speaker in ("csr", "unknown")
        and search.holds(fact)
        and (want.deadline is None or (fact.value is not None) == want.deadline)
    ]
    return Selected(sort_hits(found, limits, search), search, wanted=("promise",))
