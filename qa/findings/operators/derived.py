"""`derived`: a fact that a derivation of the pack gave."""

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Given, Selected, View, in_order
from qa.findings.operator import register, told
from transcribe.noun import Noun


class Derived(Noun):
    kind: str = told(
        "kind of the derived fact, as its derivation names it", "推得事实的种类，即推导里写的 kind"
    )
    value: str | float | None = told(
        "its value, where only one counts", "它的值；只有这个值才算", None
    )
    at_least: float | None = told(
        "smallest number that counts, where values are levels", "值为等级数字时，计入的最小值", None
    )


@register(
    "derived",
    title=("derived fact", "推得的事实"),
    params=Derived,
    needs=lambda want: (),
    example="derived: {kind: risk}",
)
def derived(view: View, want: Derived, window: Window | None, limits: Limits) -> Selected:
    """Facts that follow from others; what follows only possibly is a possible hit."""
    given = [one for one in view.given(want.kind) if _fits(one, want)]
    search = view.search(None, window)
    return Selected(
        hits=in_order([hit for one in given for hit in one.hits if search.holds(hit.fact)]),
        search=search,
        missing=next((one.missing for one in given if one.missing), None),
        unproven=min((one.unproven for one in given if one.unproven is not None), default=None),
        titles=tuple([one.title for one in given if one.title is not None]),
    )


def _fits(given: Given, want: Derived) -> bool:
    if want.value is not None and given.value != want.value:
        return False
    if want.at_least is None:
        return True
    return isinstance(given.value, int | float) and given.value >= want.at_least
