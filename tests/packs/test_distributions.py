"""Rules that compare with the site's own calls: the values they get, and their digests."""

from pathlib import Path

import pytest

from qa.domain.derivations import Derivation
from qa.domain.distributions import MIN_CALLS, Distribution
from qa.domain.logic import Exists
from qa.domain.rules import Rule
from qa.packs.distributions import as_written, compared, load_distributions
from tests.findings.by_hand import TEXT, one_condition
from transcribe.errors import CodedErrors

RISING = tuple(float(value) for value in range(100, 201))


def paces(**fields: object) -> Distribution:
    usual = {
        "measure": "pace", "language": "en", "speaker": "csr", "per": "call",
        "unit": "words_per_min", "calls": MIN_CALLS, "values": RISING,
    }  # fmt: skip
    return Distribution.model_validate(usual | fields)


def rule(**params: object) -> Rule:
    return one_condition("pace", **({"speaker": "csr"} | params))


def params_of(one: Rule) -> dict[str, object]:
    return one.conditions[0].params


@pytest.mark.parametrize(("percentile", "value"), [(0, 100), (5, 105), (97.25, 197.2), (100, 200)])
def test_between_whole_percentiles_values_lie_on_the_line(percentile: float, value: float) -> None:
    assert paces().at(percentile) == value


def test_a_percentile_gets_the_sites_value_and_the_digest_changes_with_it() -> None:
    written = rule(above_percentile=95, below_percentile=5)
    made = compared(written, [paces(per="turn"), paces(speaker="customer"), paces()])
    assert params_of(made) == {
        "speaker": "csr", "above_percentile": 95, "below_percentile": 5,
        "site_calls": MIN_CALLS, "site_above_per_min": 195.0, "site_below_per_min": 105.0,
    }  # fmt: skip
    again = compared(written, [paces()])
    other = compared(written, [paces(values=tuple(v + 1 for v in RISING))])
    assert made.digest == again.digest
    assert len({written.digest, made.digest, other.digest}) == 3
    assert as_written(made) == written


@pytest.mark.parametrize(
    ("known", "calls"),
    [
        ([], 0),
        ([paces(calls=MIN_CALLS - 1)], MIN_CALLS - 1),
        ([paces(language="zh")], 0),
        ([paces(per="turn")], 0),
        ([paces(speaker="customer")], 0),
    ],
)
def test_with_too_few_calls_only_their_number_is_known(
    known: list[Distribution], calls: int
) -> None:
    made = compared(rule(above_percentile=95), known)
    assert params_of(made) == {"speaker": "csr", "above_percentile": 95, "site_calls": calls}


def test_a_rule_without_a_percentile_stays_as_it_is() -> None:
    written = rule(above_per_min=200)
    assert compared(written, [paces()]) is written
    assert as_written(written) is written


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "distributions.yaml"
    path.write_text(text, "utf-8")
    return path


ENTRY = (
    "distributions:\n  - {measure: pace, language: en, speaker: csr, per: call, unit: x, "
    "calls: 3, values: [%s]}\n"
)


def test_the_file_is_read(tmp_path: Path) -> None:
    values = ", ".join(f"{value}.5" for value in range(101))
    (made,) = load_distributions(file(tmp_path, ENTRY % values), name="d")
    assert (made.calls, made.at(50)) == (3, 50.5)
    assert load_distributions(tmp_path / "none.yaml", name="d") == ()


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (ENTRY % ", ".join(["2.0", *["1.0"] * 100]), "QA310", "d:2:"),
        (ENTRY % "1.0, 2.0", "QA212", "d:2:"),
        ("distributions: {}\n", "QA213", "d:1:1"),
        ("- 1\n", "QA213", "d:1:1"),
    ],
)
def test_a_file_that_is_wrong_is_refused(tmp_path: Path, text: str, code: str, place: str) -> None:
    with pytest.raises((CodedErrors, Exception)) as raised:
        load_distributions(file(tmp_path, text), name="d")
    error = getattr(raised.value, "errors", [raised.value])[0]
    assert (error.code, error.place[: len(place)]) == (code, place)


def test_a_derivation_compares_with_the_site_as_a_rule_does() -> None:
    condition = rule(above_percentile=95).conditions[0]
    written = Derivation(
        id="hasty", language="en", kind="hasty", title=TEXT, why=TEXT,
        conditions=(condition,), when=Exists(find="it"), digest="as read",
    )  # fmt: skip
    made = compared(written, [paces()])
    assert made.conditions[0].params["site_above_per_min"] == 195.0
    assert made.digest not in ("", "as read")
    assert as_written(made).conditions == written.conditions
