"""`hung_up_by`: who ended the call, as the switch says."""

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, View, sort_hits
from qa.findings.operator import Party, register, told
from transcribe.noun import Noun


class HungUpBy(Noun):
    by: Party = told("who hung up", "挂机方")


@register(
    "hung_up_by",
    title=("hung up by", "挂机方"),
    params=HungUpBy,
    needs=lambda want: ("hung_up_by",),
    example="hung_up_by: {by: csr}",
    takes_window=lambda want: False,
)
def hung_up_by(view: View, want: HungUpBy, window: Window | None, limits: Limits) -> Selected:
    """The end of the call, when this party ended it."""
    found = [fact for fact in view.of(("hung_up_by",)) if fact.value == want.by]
    return Selected(hits=sort_hits(found, limits), search=view.search(None, None))
