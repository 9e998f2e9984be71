"""The base class of every noun of this project."""

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """A frozen, validated value without behaviour that touches the world.

    Unknown fields are refused, NaN and infinities are refused in numbers, and a noun
    never changes after it was made: a changed noun is a new one (`model_copy(update=...)`
    does not validate; make a new one where values come from outside).
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        allow_inf_nan=False,
        populate_by_name=True,
    )
