"""Channel maps that fit, and those that do not."""

import pytest

from transcribe.errors import CodedError
from transcribe.speakers import SpeakersBy, read_channel_map, speakers_of
from transcribe.transcript import Speaker


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("csr,customer", ("csr", "customer")),
        (" Customer , CSR ", ("customer", "csr")),
        ("unknown,csr", ("unknown", "csr")),
        ("csr", ("csr",)),
        ("", ()),
        ("  ", ()),
    ],
)
def test_read_channel_map(written: str, wanted: tuple[Speaker, ...]) -> None:
    assert read_channel_map(written) == wanted


@pytest.mark.parametrize("written", ["agent,customer", "csr,csr", "csr;customer", "csr,", "左,右"])
def test_a_map_that_is_not_understood(written: str) -> None:
    with pytest.raises(CodedError) as caught:
        read_channel_map(written)
    assert caught.value.code == "QA717"


@pytest.mark.parametrize(
    ("channel_count", "roles", "one_of_two", "wanted"),
    [
        (2, ("csr", "customer"), False, (("csr", "customer"), "channel_map")),
        (2, ("customer", "csr"), False, (("customer", "csr"), "channel_map")),
        (2, (), False, (("unknown", "unknown"), "none")),
        (2, ("unknown", "unknown"), False, (("unknown", "unknown"), "none")),
        (1, (), False, (("unknown",), "none")),
        (1, ("csr",), False, (("csr",), "channel_map")),
        (1, ("csr", "customer"), True, (("unknown",), "none")),
    ],
)
def test_speakers_of(
    channel_count: int,
    roles: tuple[Speaker, ...],
    one_of_two: bool,
    wanted: tuple[tuple[Speaker, ...], SpeakersBy],
) -> None:
    assert speakers_of(channel_count, roles, one_of_two=one_of_two) == wanted


@pytest.mark.parametrize(
    ("channel_count", "roles"),
    [(1, ("csr", "customer")), (2, ("csr",)), (2, ("csr", "customer", "unknown"))],
)
def test_a_map_that_does_not_fit(channel_count: int, roles: tuple[Speaker, ...]) -> None:
    with pytest.raises(CodedError) as caught:
        speakers_of(channel_count, roles, place="call.wav")
    assert (caught.value.code, caught.value.place) == ("QA716", "call.wav")
