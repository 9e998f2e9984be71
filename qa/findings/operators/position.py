"""`position`: something stands at a given place of the call, counted in turns of both parties."""

from typing import Literal, Self

from pydantic import model_validator

from qa.domain.facts import Fact, TurnHeard
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Hit, Selected, View, sort_hits
from qa.findings.operator import Party, register, told, wrong
from transcribe.noun import Noun


class Position(Noun):
    speaker: Party | None = told("who says it; empty: anyone", "说话方；空为任何一方", None)
    words: tuple[str, ...] | str = told(
        "word lists of which any must stand there; empty: the turn itself, whatever it says",
        "须出现在该处的词表（任一即可）；空为该话轮本身，不论说什么",
        (),
    )
    turn: int = told("place of the turn, from 1", "第几个话轮，从 1 数起", ge=1)
    up_to: bool = told(
        "true: at this place or nearer to the end it is counted from; false: exactly there",
        "true 为该处或更靠前（从末尾数时更靠后）；false 为恰好该处",
        False,
    )
    counted_from: Literal["start", "end"] = told(
        "`start` or `end` of the call", "从开头 start 还是末尾 end 数起", "start"
    )
    among: Literal["call", "speaker"] = told(
        "`call`: turns of both parties are counted; `speaker`: the speaker's own",
        "call：双方话轮一起数；speaker：只数说话方自己的话轮",
        "call",
    )

    @model_validator(mode="after")
    def _whose(self) -> Self:
        if self.among == "speaker" and self.speaker is None:
            raise wrong("among: speaker needs a speaker", "among: speaker 时要写 speaker")
        if not self.lists and self.speaker is None:
            raise wrong("give words, a speaker or both", "words、speaker 至少写一个")
        return self

    @property
    def lists(self) -> tuple[str, ...]:
        return (self.words,) if isinstance(self.words, str) else self.words


@register(
    "position",
    title=("position", "位置"),
    params=Position,
    needs=lambda want: ("speakers",) if want.speaker else (),
    example="position: {speaker: csr, words: greeting, turn: 1}",
    takes_window=lambda want: False,
    weighs_speakers=True,
)
def position(view: View, want: Position, window: Window | None, limits: Limits) -> Selected:
    """What stands at the n-th turn of the call or of its speaker; without words, that turn.

    A window counts the speaker's own turns only and always from the first: who opens the call,
    who has the last word, and exactly which turn are asked here.
    """
    whole = view.search(want.speaker, None)
    places, unsure = _places(view, want)
    turns = [turn for turn in whole.turns if turn.index in places]
    if not want.lists:
        own = [Hit(_turn_fact(turn)) for turn in turns if turn.speaker == want.speaker]
        own += [
            Hit(_turn_fact(turn), "unknown_speaker") for turn in turns if turn.speaker == "unknown"
        ]
        hits = tuple(sorted(own, key=lambda hit: (hit.fact.start_s, hit.fact.turn or 0)))
        return Selected(_doubting(hits, unsure), whole)

    def fits(fact: Fact) -> bool:
        return fact.turn in places and (
            want.speaker is None or fact.speaker in (want.speaker, "unknown")
        )

    near = tuple(candidate for candidate in view.near(want.lists) if fits(candidate))
    found = [fact for fact in view.of(want.lists) if fits(fact)]
    found += [candidate for candidate in near if candidate.distance <= limits.near_distance]
    hits = _doubting(sort_hits(found, limits), unsure)
    if turns:
        start_s = min(turn.start_s for turn in turns)
        end_s = max(turn.end_s for turn in turns)
        whole = view.among(turns, start_s, end_s)
    return Selected(hits, whole, near, wanted=want.lists)


def _places(view: View, want: Position) -> tuple[frozenset[int], frozenset[int]]:
    """Indexes of the turns that may stand there, and of those that may stand elsewhere."""
    ordered = list(view.facts.turns)
    if want.counted_from == "end":
        ordered.reverse()
    may: list[int] = []
    unsure: list[int] = []
    surely_before = perhaps_before = 0
    for turn in ordered:
        counts = want.among == "call" or turn.speaker == want.speaker
        perhaps = counts or turn.speaker == "unknown"
        if perhaps:
            # Its place lies between the two counts, both from 1.
            least, most = surely_before + 1, perhaps_before + 1
            if least <= want.turn and (want.up_to or most >= want.turn):
                may.append(turn.index)
                if not counts or most > want.turn or (least < want.turn and not want.up_to):
                    unsure.append(turn.index)
        surely_before += counts
        perhaps_before += perhaps
    return frozenset(may), frozenset(unsure)


def _doubting(hits: tuple[Hit, ...], unsure: frozenset[int]) -> tuple[Hit, ...]:
    return tuple(
        Hit(hit.fact, "unknown_speaker") if hit.sure and hit.fact.turn in unsure else hit
        for hit in hits
    )


def _turn_fact(turn: TurnHeard) -> Fact:
    return Fact(
        kind="turn",
        turn=turn.index,
        speaker=turn.speaker,
        start_s=turn.start_s,
        end_s=turn.end_s,
        value=float(turn.index + 1),
        unit="nth",
    )
