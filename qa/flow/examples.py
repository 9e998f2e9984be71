"""A good example for a weak point: a colleague's place that was right, without a name."""

import re
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from qa.domain.findings import Evidence
from qa.domain.graded import MET
from qa.domain.marks import Ints
from qa.flow.standing import Centre
from qa.store.store import Store
from transcribe.noun import Noun
from transcribe.transcript import Language

Flags = npt.NDArray[np.bool_]
HIDDEN = "***"
# How people say who they are: a badge number, or a name after the usual words.
_NAMED = re.compile(
    r"(工号(?:是|为)?|my name is |My name is |this is |This is |I'm )"
    r"(?:[0-9零〇一二三四五六七八九幺两]{2,}|[A-Z][a-z]+)"
)
MOST_CHARACTERS = 160  # guess: what fits a line or two of a sheet
MOST_TRIED = 12  # guess: calls looked into before giving up


class Example(Noun):
    """A place where an item was met, in words; nobody's name stands beside it."""

    call_id: str
    item: str
    start_s: float
    quote: str


def example_of(
    store: Store,
    centre: Centre,
    *,
    csr_id: str,
    item: str,
    languages: Collection[Language],
    consenting: Collection[str],
) -> Example | None:
    """The latest place where a colleague who agreed to be heard met `item` in words.

    Colleagues who meet the item most come first. None: nobody agreed, or nothing was said that
    shows it (an item that is met by silence has no example).
    """
    of = centre.counts.columns
    if item not in of.refs:
        return None
    willing = [n for n, name in enumerate(of.csrs) if name in consenting and name != csr_id]
    spoken = [n for n, word in enumerate(of.languages) if not languages or word in languages]
    decided = (of.ref == of.refs.index(item)) & centre.counts.decided
    inside = decided & np.isin(of.csr[of.at], willing) & np.isin(of.language[of.at], spoken)
    best = _best_first(of.csr[of.at], of.at, inside, of.verdict == MET)
    for at in best[:MOST_TRIED]:
        call_id = str(of.call_id[at])
        found = _place(store, call_id, item)
        if found is not None:
            quote = unnamed(found.quote or "", of.csrs[of.csr[at]], of.names[of.name[at]])
            return Example(call_id=call_id, item=item, start_s=found.start_s, quote=quote)
    return None


def unnamed(text: str, csr_id: str, name: str) -> str:
    """The text without the badge number and name of who says it, also where they are spoken."""
    spoken = csr_id.translate(str.maketrans("0123456789", "零一二三四五六七八九"))
    parts = [csr_id, spoken, spoken.replace("一", "幺"), name, *name.split()]
    for part in sorted({one for one in parts if len(one) > 1}, key=len, reverse=True):
        text = text.replace(part, HIDDEN)
    return _NAMED.sub(rf"\1{HIDDEN}", text)


def _best_first(csr: Ints, at: Ints, inside: Flags, met: Flags) -> list[int]:
    """Evaluations in which the item was met: of the surest CSR first, the latest first."""
    if not inside.any():
        return []
    size = int(csr.max()) + 1
    many = np.bincount(csr[inside], minlength=size)
    share = (np.bincount(csr[inside & met], minlength=size) + 1) / (many + 2)
    rows = np.flatnonzero(inside & met)
    order = np.lexsort((-at[rows], -share[csr[rows]]))
    return [int(at[rows[n]]) for n in order]


def _place(store: Store, call_id: str, item: str) -> Evidence | None:
    """Where the item's live rules found what they wanted, with the whole turn it stands in."""
    from qa.flow.history import transcript_of  # brings the judge: only where one is looked for

    records = store.evaluations(call_id)
    call = store.call(call_id)
    if not records or call is None:
        return None
    record = max(records, key=lambda one: one.id)
    named = {i for mark in record.evaluation.items if mark.ref_id == item for i in mark.findings}
    for finding in store.findings(record.findings_key) or ():
        if finding.id not in named or finding.verdict != "met":
            continue
        for place in finding.evidence:
            if place.quote and place.turn is not None and place.speaker == "csr":
                transcript = transcript_of(store, call, record)
                if transcript is not None and place.turn < len(transcript.turns):
                    whole = transcript.turns[place.turn].text
                    return place.model_copy(update={"quote": whole[:MOST_CHARACTERS]})
                return place
    return None
