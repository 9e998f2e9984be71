"""`transfer`: the call went on to somebody else."""

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, View, sort_hits
from qa.findings.operator import register
from transcribe.noun import Noun


class Transfer(Noun):
    """No parameters."""


@register(
    "transfer",
    title=("transfer", "转接"),
    params=Transfer,
    needs=lambda want: (),
    example="transfer: {}",
)
def transfer(view: View, want: Transfer, window: Window | None, limits: Limits) -> Selected:
    """Transfers of the switch's events; a call whose events nobody told has none."""
    search = view.search(None, window)
    found = [fact for fact in view.of(("transfer",)) if window is None or search.holds(fact)]
    return Selected(sort_hits(found, limits, search, whose=False), search)
