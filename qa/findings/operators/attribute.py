"""`attribute`: business data of the call (随录参数) compared with a value."""

from decimal import Decimal, InvalidOperation
from typing import Any, Literal, Self

from pydantic import field_validator, model_validator

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Hit, Selected, View
from qa.findings.operator import register, told, wrong
from transcribe.noun import Noun


class Attribute(Noun):
    name: str = told("name of the call's attribute", "随录参数名", min_length=1)
    is_: Literal["equal", "not_equal", "one_of", "less", "more", "present"] = told(
        "comparison: equal, not_equal, one_of, less, more, present",
        "比较方式：equal 等于、not_equal 不等于、one_of 属于、less 小于、more 大于、present 有值",
        "equal",
        alias="is",
    )
    value: str | float | tuple[str, ...] | None = told(
        "what it is compared with; numbers for less and more", "比较值；less、more 用数字", None
    )

    @field_validator("value", mode="before")
    @classmethod
    def _no_boolean(cls, value: Any) -> Any:
        if isinstance(value, bool):
            raise wrong(
                f'attributes are text: write "{str(value).lower()}" in quotes',
                f'随录参数是文字，请加引号写成 "{str(value).lower()}"',
            )
        return value

    @model_validator(mode="after")
    def _value_fits(self) -> Self:
        if (self.value is None) != (self.is_ == "present"):
            raise wrong("every comparison but `present` takes a value", "除 present 外都要写 value")
        if self.is_ in ("less", "more") and not isinstance(self.value, float | int):
            raise wrong("less and more compare with a number", "less、more 要与数字比较")
        if (self.is_ == "one_of") != isinstance(self.value, tuple):
            raise wrong(
                "one_of takes a list, the others a single value",
                "one_of 要写列表，其他比较写单个值",
            )
        return self


@register(
    "attribute",
    title=("call attribute", "随录参数"),
    params=Attribute,
    needs=lambda want: (),
    example="attribute: {name: product, is: one_of, value: [loan, card]}",
    takes_window=lambda want: False,
)
def attribute(view: View, want: Attribute, window: Window | None, limits: Limits) -> Selected:
    """The whole call, when its attribute fits; unknown when the call does not have it."""
    seen = view.facts.attributes.get(want.name)
    if seen is None or seen == "":
        if want.is_ == "present":
            return Selected()
        return Selected(missing=(f"attribute {want.name}", "not_told"))
    if want.is_ in ("less", "more") and _number(seen) is None:
        return Selected(missing=(f"attribute {want.name}", "not_a_number"))
    if not _fits(seen, want):
        return Selected()
    fact = Fact(
        kind="attribute", start_s=0.0, end_s=view.facts.duration_s, value=f"{want.name}={seen}"
    )
    return Selected(hits=(Hit(fact),))


def _fits(seen: str, want: Attribute) -> bool:
    if want.is_ == "present":
        return True
    if isinstance(want.value, tuple):
        return seen in want.value
    if want.is_ in ("less", "more"):
        number, bound = _number(seen), Decimal(str(want.value))
        return number is not None and (number < bound if want.is_ == "less" else number > bound)
    wanted = str(want.value)
    same = seen == wanted or (
        isinstance(want.value, float | int) and _number(seen) == Decimal(wanted)
    )
    return same == (want.is_ == "equal")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
