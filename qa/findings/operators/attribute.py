"""`attribute`: business data of the call (随录参数) compared with a value."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, Self

from pydantic import field_validator, model_validator

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Hit, Selected, View
from qa.findings.operator import register, told, wrong
from transcribe.noun import Noun

_ORDERED = ("less", "at_most", "more", "at_least", "between")
Order = Decimal | date | datetime


class Attribute(Noun):
    name: str = told("name of the call's attribute", "随录参数名", min_length=1)
    is_: Literal[
        "equal", "not_equal", "one_of", "not_one_of", "less", "at_most", "more", "at_least",
        "between", "present",
    ] = told(
        "comparison: equal, not_equal, one_of, not_one_of, less (<), at_most (<=), more (>), "
        "at_least (>=), between (two values, both included), present",
        "比较方式：equal 等于、not_equal 不等于、one_of 属于、not_one_of 不属于、less 小于、"
        "at_most 不大于、more 大于、at_least 不小于、between 介于（两个值，含两端）、present 有值",
        "equal",
        alias="is",
    )  # fmt: skip
    value: str | float | tuple[str | float, ...] | None = told(
        'what it is compared with; for an order a number or a date ("2026-03-01", '
        '"2026-03-01 18:00"); one_of, not_one_of and between take a list',
        '比较值；比大小时写数字或日期（"2026-03-01"、"2026-03-01 18:00"）；'
        "one_of、not_one_of、between 写列表",
        None,
    )

    @field_validator("value", mode="before")
    @classmethod
    def _no_boolean(cls, value: Any) -> Any:
        for one in value if isinstance(value, list | tuple) else (value,):
            if isinstance(one, bool):
                raise wrong(
                    f'attributes are text: write "{str(one).lower()}" in quotes',
                    f'随录参数是文字，请加引号写成 "{str(one).lower()}"',
                )
        return value

    @model_validator(mode="after")
    def _value_fits(self) -> Self:
        if (self.value is None) != (self.is_ == "present"):
            raise wrong("every comparison but `present` takes a value", "除 present 外都要写 value")
        if (self.is_ in ("one_of", "not_one_of", "between")) != isinstance(self.value, tuple):
            raise wrong(
                "one_of, not_one_of and between take a list, the others a single value",
                "one_of、not_one_of、between 要写列表，其他比较写单个值",
            )
        if self.is_ in _ORDERED:
            self._bounds_fit()
        return self

    def _bounds_fit(self) -> None:
        bounds = self.bounds
        if None in bounds:
            raise wrong(
                f"{self.is_} compares with a number or a date", f"{self.is_} 要与数字或日期比较"
            )
        if self.is_ == "between":
            two = len(bounds) == 2 and _comparable(*bounds)
            if not two or _order(*bounds) > 0:
                raise wrong(
                    "between takes two numbers or two dates, the smaller first",
                    "between 要写两个数字或两个日期，小的在前",
                )

    @property
    def bounds(self) -> tuple[Order | None, ...]:
        """The values as numbers or dates; None for one that is neither."""
        values = self.value if isinstance(self.value, tuple) else (self.value,)
        return tuple(_number_or_moment(str(value)) for value in values)


@register(
    "attribute",
    title=("call attribute", "随录参数"),
    params=Attribute,
    needs=lambda want: (),
    example="attribute: {name: product, is: one_of, value: [loan, card]}",
    takes_window=lambda want: False,
)
def attribute(view: View, want: Attribute, window: Window | None, limits: Limits) -> Selected:
    """The whole call, when its attribute fits; unknown when the call does not have it.

    Numbers compare as numbers and dates as dates; a day without a time compares whole days.
    """
    seen = view.facts.attributes.get(want.name)
    if seen is None or seen == "":
        if want.is_ == "present":
            return Selected()
        return Selected(missing=(f"attribute {want.name}", "not_told"))
    if want.is_ in _ORDERED:
        fits, why = _in_order(seen, want)
        if why:
            return Selected(missing=(f"attribute {want.name}", why))
    else:
        fits = _fits(seen, want)
    if not fits:
        return Selected()
    fact = Fact(
        kind="attribute", start_s=0.0, end_s=view.facts.duration_s, value=f"{want.name}={seen}"
    )
    return Selected(hits=(Hit(fact),))


def _fits(seen: str, want: Attribute) -> bool:
    if want.is_ == "present":
        return True
    values = want.value if isinstance(want.value, tuple) else (want.value,)
    same = any(
        seen == str(value)
        or (isinstance(value, int | float) and _number(seen) == _number(str(value)))
        for value in values
    )
    return same == (want.is_ in ("equal", "one_of"))


def _in_order(seen: str, want: Attribute) -> tuple[bool, str]:
    """Whether it fits, and why that cannot be told ("" when it can)."""
    bounds = want.bounds
    wants_number = isinstance(bounds[0], Decimal)
    own: Order | None = _number(seen) if wants_number else _moment(seen)
    if own is None:
        return False, "not_a_number" if wants_number else "not_a_date"
    if not all(_comparable(own, bound) for bound in bounds):
        return False, "not_a_date"
    order = [_order(own, bound) for bound in bounds]
    fits = {
        "less": order[0] < 0,
        "at_most": order[0] <= 0,
        "more": order[0] > 0,
        "at_least": order[0] >= 0,
        "between": order[0] >= 0 and order[-1] <= 0,
    }
    return fits[want.is_], ""


def _order(own: Any, bound: Any) -> int:
    """-1, 0 or 1: own before, at or after the bound; a bound that is a day is a whole day."""
    if isinstance(own, datetime) and not isinstance(bound, datetime):
        own = own.date()
    elif isinstance(bound, datetime) and not isinstance(own, datetime):
        bound = bound.date()
    return int(own > bound) - int(own < bound)


def _comparable(one: Order | None, other: Order | None) -> bool:
    """True for two numbers or two dates; of two moments both or neither tell their zone."""
    if isinstance(one, Decimal) or isinstance(other, Decimal):
        return isinstance(one, Decimal) and isinstance(other, Decimal)
    if isinstance(one, datetime) and isinstance(other, datetime):
        return (one.tzinfo is None) == (other.tzinfo is None)
    return one is not None and other is not None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _number_or_moment(text: str) -> Order | None:
    number = _number(text)
    return _moment(text) if number is None else number


def _moment(text: str) -> date | datetime | None:
    """A day such as 2026-03-01, 2026/3/1 or a moment of it; None for anything else."""
    plain = text.strip().replace("/", "-")
    day, _, rest = plain.partition(" ") if " " in plain else plain.partition("T")
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    try:
        whole = date(*(int(part) for part in parts))
        return datetime.fromisoformat(f"{whole.isoformat()}T{rest}") if rest else whole
    except ValueError:
        return None
