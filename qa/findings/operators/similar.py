"""`similar`: a party says a sentence like the model sentences of the rule."""

from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.domain.patterns import NEARLY, sentences_of
from qa.domain.rules import Window
from qa.findings.hits import Selected, View, sort_hits
from qa.findings.operator import Party, register, told, wrong
from transcribe.noun import Noun


class Similar(Noun):
    speaker: Party | None = told("who says it; empty: anyone", "说话方；空为任何一方", None)
    sentences: tuple[str, ...] = told(
        "model sentences, any of which counts; several wordings of one meaning are best",
        "范例句，任一即可；同一个意思多写几种说法最好",
        min_length=1,
        max_length=50,
    )
    unlike: tuple[str, ...] = told(
        "counterexamples: what is nearer to one of them does not count",
        "反例：更接近反例的句子不算",
        (),
        max_length=50,
    )
    by: Literal["meaning", "words"] = told(
        "`meaning`: by a sentence encoder (the extra callgrade[meaning]), which ranks the model "
        "sentences against counterexamples; `words`: by the same words, no extra needed",
        "`meaning`：用句向量比较意思（需附加包 callgrade[meaning]），在范例句与反例之间排序；"
        "`words`：按相同的字词比较，不需附加包",
        "meaning",
    )
    at_least: float = told(
        "with by: words, likeness from 0 to 1 that counts (letters in order in Chinese, words in "
        "any order in English); 0.1 below it a sentence is a possible hit",
        "与 by: words 同用：计入的相似度，0 到 1（中文按字的顺序，英文不论词序）；"
        "低于它不到 0.1 的是可能命中",
        0.7,
        gt=0.3,
        le=1,
    )

    @model_validator(mode="after")
    def _limit_by_words(self) -> Self:
        if "at_least" in self.model_fields_set and self.by == "meaning":
            raise wrong(
                "at_least goes with by: words; by meaning, sentences are ranked against unlike:",
                "at_least 要与 by: words 同用；按意思比较时靠与 unlike: 的排序",
            )
        if not all(sentence.strip() for sentence in (*self.sentences, *self.unlike)):
            raise wrong("an empty sentence is like nothing", "空句子与什么都不像")
        return self

    @cached_property
    def key(self) -> str:
        """Value of the facts that count."""
        made = sentences_of(self.model_dump())
        assert made is not None
        return made.key


@register(
    "similar",
    title=("similar sentence", "相似句"),
    params=Similar,
    needs=lambda want: (
        *(("encoder",) if want.by == "meaning" else ()),
        *(("speakers",) if want.speaker else ()),
    ),
    example="similar: {speaker: csr, sentences: [Is there anything else I can help you with?]}",
    weighs_speakers=True,
)
def similar(view: View, want: Similar, window: Window | None, limits: Limits) -> Selected:
    """Sentences like one of the models; those that nearly are, are possible hits."""
    search = view.search(want.speaker, window)

    def fits(fact: Fact) -> bool:
        return (
            fact.value == want.key
            and (want.speaker is None or fact.speaker in (want.speaker, "unknown"))
            and search.holds(fact)
        )

    near = tuple(candidate for candidate in view.near(("similar",)) if fits(candidate))
    found = [fact for fact in view.of(("similar",)) if fits(fact)]
    found += [candidate for candidate in near if candidate.distance <= NEARLY]
    hits = sort_hits(found, limits, search, whose=want.speaker is not None)
    return Selected(hits, search, near=near, wanted=want.sentences)
