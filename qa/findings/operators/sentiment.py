"""`sentiment`: the customer's mood by their words, or its change over the call."""

from collections.abc import Iterable
from typing import Literal, Self

from pydantic import model_validator

from qa.domain.facts import Fact, TurnHeard
from qa.domain.limits import Limits
from qa.domain.lists_used import NEGATIVE, POSITIVE
from qa.domain.rules import Window
from qa.findings.bounds import require_one
from qa.findings.hits import Doubt, Hit, Selected, View, sort_hits
from qa.findings.operator import Party, register, told, wrong
from transcribe.noun import Noun

# Guesses: less talk than that says nothing of a mood; a change compares thirds of two turns up.
MIN_TURNS = 3
MIN_TURNS_FOR_CHANGE = 6


class Sentiment(Noun):
    speaker: Party = told("whose mood", "谁的情绪", "customer")
    is_: Literal["negative", "positive"] | None = told(
        "`negative`: more turns with a negative wording than with a positive one; `positive`: "
        "the other way round",
        "negative 负面：带负面说法的话轮多于带正面说法的；positive 正面：相反",
        None,
        alias="is",
    )
    change: Literal["worse", "better"] | None = told(
        "the last third of the party's turns against their first third",
        "以本方话轮的后三分之一对比前三分之一：worse 变差、better 变好",
        None,
    )
    by_turns: int = told("is: how many turns more on the one side", "is：至少多出几个话轮", 1, ge=1)
    by_share: float = told(
        "change: how much the mean mood of a turn (-1 to 1) must differ",
        "change：平均每话轮情绪（-1 至 1）至少相差多少",
        0.5,
        gt=0,
        le=2,
    )
    negative: tuple[str, ...] = told(
        "word lists that count as negative",
        "算作负面的词表",
        NEGATIVE,
        min_length=1,
    )
    positive: tuple[str, ...] = told(
        "word lists that count as positive", "算作正面的词表", POSITIVE, min_length=1
    )

    @model_validator(mode="after")
    def _one_question(self) -> Self:
        require_one(self, "is_", "change")
        if self.is_ is not None and self.change is not None:
            raise wrong("ask for `is` or for `change`, not both", "is 与 change 只能写其一")
        return self


@register(
    "sentiment",
    title=("sentiment", "情绪"),
    params=Sentiment,
    needs=lambda want: ("speakers",),
    example="sentiment: {speaker: customer, is: negative, window: {last_share: 0.3}}",
    weighs_speakers=True,
)
def sentiment(view: View, want: Sentiment, window: Window | None, limits: Limits) -> Selected:
    """Turns that make the party's mood negative or positive, or the stretch where it changed.

    It reads word lists, no voice: a turn counts once, -1 with a negative wording, 1 with only
    positive ones, 0 with neither. What the lists do not know, it does not see. Where the party
    said too little (`is`: under 3 turns and none of them tells; `change`: under 6), it abstains.
    """
    search = view.search(want.speaker, window)
    bad = _said(view, want.negative, want.speaker, search.indexes, limits)
    good = _said(view, want.positive, want.speaker, search.indexes, limits)
    turns = [turn for turn in search.turns if turn.speaker == want.speaker]
    wanted = want.negative if want.change == "worse" or want.is_ == "negative" else want.positive
    if want.change is not None:
        if len(turns) < MIN_TURNS_FOR_CHANGE:
            return Selected(search=search, missing=("mood", "too_few_turns"))
        hits, proof = _changed(turns, bad, good, want)
        return Selected(hits, search, proof=proof, wanted=wanted)
    ours, others = (bad, good) if want.is_ == "negative" else (good, bad)
    hits = _prevails(ours, others, want)
    if not hits and len(turns) < MIN_TURNS:
        return Selected(search=search, missing=("mood", "too_few_turns"))
    return Selected(hits, search, wanted=wanted)


def _said(
    view: View, kinds: Iterable[str], speaker: Party, indexes: frozenset[int], limits: Limits
) -> tuple[Hit, ...]:
    """What was said of these kinds in these turns; near sounds are possible."""
    kinds = tuple(kinds)
    near = [c for c in view.near(kinds) if c.distance <= limits.near_distance]
    found = [
        fact
        for fact in (*view.of(kinds), *near)
        if fact.speaker in (speaker, "unknown") and fact.turn in indexes
    ]
    return sort_hits(found, limits)


def _turns_in(hits: Iterable[Hit], *, sure: bool) -> set[int | None]:
    return {hit.fact.turn for hit in hits if hit.sure or not sure}


def _prevails(ours: tuple[Hit, ...], others: tuple[Hit, ...], want: Sentiment) -> tuple[Hit, ...]:
    """Our side's hits when they prevail; the doubtful ones alone where these decide."""

    def prevail(*, ours_sure: bool, others_sure: bool) -> bool:
        own = _turns_in(ours, sure=ours_sure)
        against = _turns_in(others, sure=others_sure)
        if want.is_ == "positive":
            own -= against  # a turn with a negative wording is negative
        else:
            against -= own
        return len(own) - len(against) >= want.by_turns

    if prevail(ours_sure=True, others_sure=False):
        return tuple(hit for hit in ours if hit.sure)
    if not prevail(ours_sure=False, others_sure=True):
        return ()
    return tuple(hit for hit in ours if hit.doubt) or tuple(hit for hit in others if hit.doubt)


def _changed(
    turns: list[TurnHeard], bad: tuple[Hit, ...], good: tuple[Hit, ...], want: Sentiment
) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """The last third as a hit when the mood changed as asked, and the wordings that show it."""
    third = len(turns) // 3
    early, late = turns[:third], turns[-third:]
    sign = -1 if want.change == "worse" else 1
    inside = {turn.index for turn in (*early, *late)}
    proof = tuple(hit for hit in (*bad, *good) if hit.fact.turn in inside)

    def shift(*, sure: bool) -> float:
        worse, better = _turns_in(bad, sure=sure), _turns_in(good, sure=sure)
        mood = {t.index: -1 if t.index in worse else int(t.index in better) for t in turns}
        ends = [sum(mood[turn.index] for turn in part) / third for part in (early, late)]
        return sign * (ends[1] - ends[0])

    fact = Fact(
        kind="mood",
        speaker=want.speaker,
        start_s=late[0].start_s,
        end_s=late[-1].end_s,
        value=want.change,
    )
    surely, perhaps = shift(sure=True) >= want.by_share, shift(sure=False) >= want.by_share
    if surely and perhaps:
        return (Hit(fact),), proof
    if surely or perhaps:
        return (Hit(fact, _first_doubt(proof)),), proof
    return (), ()


def _first_doubt(hits: Iterable[Hit]) -> Doubt:
    return next((hit.doubt for hit in hits if hit.doubt), "low_confidence")
