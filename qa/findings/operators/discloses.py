"""`discloses`: a party says an amount, a date, a name or private data."""

from functools import cached_property
from typing import Self

from pydantic import model_validator

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.domain.patterns import PRIVATE_KINDS
from qa.domain.rules import Window
from qa.findings.hits import Selected, View, sort_hits
from qa.findings.operator import Party, register, told, wrong
from transcribe.noun import Noun


class Discloses(Noun):
    speaker: Party | None = told("who says it; empty: anyone", "说话方；空为任何一方", None)
    kinds: tuple[str, ...] = told(
        "what is said, any of: amount, date, name, phone, id_card, bank_card, cvv, email, address, "
        "password, or the kind of a list in rules/entities",
        "说出的内容，任一即可：amount 金额、date 日期、name 姓名、phone 电话、id_card 身份证号、"
        "bank_card 银行卡号、cvv 安全码、email 邮箱、address 地址、password 密码，"
        "或 rules/entities 中列表的名称",
        min_length=1,
    )
    min_amount: float | None = told(
        "with amount: the smallest sum that counts, in its currency",
        "与 amount 同用：计入的最小金额（按原币种）",
        None,
        ge=0,
    )
    max_amount: float | None = told(
        "with amount: the largest sum that counts, in its currency",
        "与 amount 同用：计入的最大金额（按原币种）",
        None,
        ge=0,
    )

    @model_validator(mode="after")
    def _bounds_fit(self) -> Self:
        bounded = self.min_amount is not None or self.max_amount is not None
        if bounded and "amount" not in self.kinds:
            raise wrong(
                "min_amount and max_amount go with kinds: [amount]",
                "min_amount、max_amount 要与 kinds: [amount] 同用",
            )
        if (self.min_amount or 0) > (self.max_amount if self.max_amount is not None else 1e300):
            raise wrong(
                "min_amount is more than max_amount, so no sum fits",
                "min_amount 大于 max_amount，没有金额能符合",
            )
        return self

    @cached_property
    def fact_kinds(self) -> tuple[str, ...]:
        """Kinds of the facts that count."""
        return tuple(dict.fromkeys(PRIVATE_KINDS.get(kind, kind) for kind in self.kinds))

    def fits(self, fact: Fact) -> bool:
        """True unless the fact is an amount outside the bounds."""
        if fact.kind != "amount" or (self.min_amount is None and self.max_amount is None):
            return True
        if not isinstance(fact.value, int | float):
            return False
        return (self.min_amount is None or fact.value >= self.min_amount) and (
            self.max_amount is None or fact.value <= self.max_amount
        )


@register(
    "discloses",
    title=("discloses", "透露信息"),
    params=Discloses,
    needs=lambda want: ("speakers",) if want.speaker else (),
    example="discloses: {speaker: csr, kinds: [amount, bank_card]}",
    weighs_speakers=True,
)
def discloses(view: View, want: Discloses, window: Window | None, limits: Limits) -> Selected:
    """Places where such information is said, masked or not."""
    search = view.search(want.speaker, window)
    found = [
        fact
        for fact in view.of(want.fact_kinds)
        if (want.speaker is None or fact.speaker in (want.speaker, "unknown"))
        and search.holds(fact)
        and want.fits(fact)
    ]
    hits = sort_hits(found, limits, search, whose=want.speaker is not None)
    return Selected(hits, search, wanted=want.fact_kinds)
