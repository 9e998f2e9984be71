"""What the lint of `qa check` says, and where it stays quiet."""

from pathlib import Path

import pytest

from qa.domain.packs import Packs
from qa.errors import text_of
from qa.flow.lint import Lint, lint
from qa.flow.shipped import shipped_root
from qa.flow.skeletons import new_scorecard
from qa.packs.load import load_packs
from qa.packs.one_file import with_file

HEAD = """\
rules:
  - id: {id}
    name: a_claim
    title: {{zh: 标题, en: Title}}
    why: {{zh: 因为, en: Because}}
    wrong_when: {{zh: 有时, en: At times}}
    status: {status}
    say: ["Good morning."]
"""
CASES = """\
cases:
  - {expect: met, call: "00:01.0 csr: hello"}
  - {expect: not_met, call: "00:01.0 csr: yes"}
"""


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(shipped_root())


def linted(
    packs: Packs, tmp_path: Path, body: str, status: str = "trial", cases: str = CASES
) -> tuple[Lint, ...]:
    """What the lint says of one English rule."""
    path = tmp_path / "rule.yaml"
    lines = "".join(f"    {line}\n" for line in (*body.splitlines(), *cases.splitlines()))
    path.write_text(HEAD.format(id="OPEN-901", status=status) + lines, "utf-8")
    return lint(with_file(packs, path, "en", name="rule.yaml").packs, ("rule.yaml",))


def two(a: str, b: str, logic: str) -> str:
    return f"conditions:\n  a: {a}\n  b: {b}\n{logic}"


HELLO = "{says: {speaker: csr, words: greeting}}"
BYE = "{says: {speaker: csr, words: closing}}"


@pytest.mark.parametrize(
    ("body", "code", "severity", "said"),
    [
        (
            "says: {speaker: csr, words: empathy, window: {first_share: 0.2, last_share: 0.3}}",
            "QA260", "error", "do not overlap",
        ),
        (
            "says: {speaker: csr, words: further_help, window: {first_s: 10, last_s: 20}}",
            "QA260", "warning", "at most 30 s",
        ),
        (
            "says: {speaker: csr, words: greeting, window: {last_turns: 2}}",
            "QA260", "warning", "first 2 turns",
        ),
        ("hold: {min_s: 9, max_s: 3}", "QA260", "error", "min_s 9 is more than max_s 3"),
        ("pace: {speaker: csr, above_per_min: 900}", "QA260", "warning", "nobody speaks"),
        (
            "pace: {speaker: csr, above_per_min: 100, below_per_min: 200}",
            "QA261", "error", "every pace",
        ),
        ('says: {speaker: csr, regex: "(a|b)*"}', "QA261", "error", "empty text"),
        (two(HELLO, HELLO, "met_when: {before: [a, b]}"), "QA262", "error", "to itself"),
        (
            two(HELLO, BYE, "met_when: {any: [a, {not: a}, b]}"),
            "QA263", "error", "is always met",
        ),
        (two(HELLO, BYE, "only_if: {all: [a, b]}\nmet_when: a"), "QA263", "error", "always met"),
        (
            two(HELLO, BYE, "only_if: {not: a}\nmet_when: {before: [a, b]}"),
            "QA263", "error", "is never met",
        ),
        (
            two(HELLO, BYE, "unless: {any: [b, {not: b}]}\nmet_when: a"),
            "QA263", "error", "never applies",
        ),
        (
            "conditions: {a: {dead_air: {min_s: 7200}}}\nnot_met_when: a",
            "QA260", "warning", "7200 s is beyond",
        ),
        (
            "conditions: {a: {turn_count: {at_least: 5000}}}\nnot_met_when: a",
            "QA260", "warning", "no call has 5000 turns",
        ),
        (
            'says: {speaker: csr, phrases: ["?!"]}', "QA260", "error", "no letter in it",
        ),
        (
            "says: {speaker: csr, phrases: [请您稍等]}",
            "QA260", "warning", "not in the language of the calls",
        ),
        (
            "says: {speaker: csr, phrases: [thank you for waiting], exclude: for waiting}",
            "QA260", "error", "its own exclude bars",
        ),
        (
            "conditions: {a: {talk_share: {speaker: csr, above_share: 0.001}}}\nnot_met_when: a",
            "QA261", "warning", "nearly every call",
        ),
        (
            "says: {speaker: customer, words: thanks}",
            "QA266", "warning", "what the customer says or does",
        ),
        ("attribute: {name: vip, is: present}", "QA266", "error", "metadata"),
        ("dead_air: {min_s: 1}", "QA269", "warning", "means 3"),
        ("says: {speaker: csr, phrases: [ok]}", "QA269", "warning", "shorter than 4"),
        (
            "says: {speaker: csr, words: further_help, window: {last_share: 1}}",
            "QA269", "warning", "whole call",
        ),
    ],
)  # fmt: skip
def test_a_faulty_rule(
    packs: Packs, tmp_path: Path, body: str, code: str, severity: str, said: str
) -> None:
    (found,) = linted(packs, tmp_path, body)
    assert (found.error.code, found.severity) == (code, severity)
    assert found.error.place.startswith("rule.yaml:")
    assert said in text_of(found.error).en


@pytest.mark.parametrize(
    "body",
    [
        "says: {speaker: csr, words: greeting, window: {first_turns: 2}}",
        "says: {speaker: csr, words: empathy, window: {first_share: 0.8, last_share: 0.5}}",
        "hold: {min_s: 3, max_s: 60}",
        "says: {speaker: csr, phrases: [thank you for waiting], exclude: for nothing}",
        "conditions: {a: {talk_share: {speaker: csr, above_share: 0.8}}}\nnot_met_when: a",
        two("{says: {speaker: customer, words: thanks}}", HELLO, "only_if: a\nmet_when: b"),
        "pace: {speaker: csr, above_per_min: 200, below_per_min: 100}",
        two(HELLO, BYE, "met_when: {before: [a, b]}"),
        two(HELLO, BYE, "only_if: a\nmet_when: {after: {find: b, anchor: a, hit: every}}"),
        two(HELLO, BYE, "only_if: a\nmet_when: {at_least: {n: 2, find: a}}\nunless: b"),
    ],
)
def test_a_sound_rule_is_let_be(packs: Packs, tmp_path: Path, body: str) -> None:
    assert linted(packs, tmp_path, body) == ()


def test_a_live_rule_wants_its_record(packs: Packs, tmp_path: Path) -> None:
    body = "says: {speaker: csr, words: further_help, window: {first_s: 9}}"
    (found,) = linted(packs, tmp_path, body, "live")
    assert (found.error.code, found.severity) == ("QA268", "warning")
    record = "record: {set: own, calls: 40, precision: 0.97, recall: 0.9}"
    assert linted(packs, tmp_path, f"{body}\n{record}", "live") == ()


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("{set: own, calls: 0}", "a record of no calls"),
        ("{set: own, calls: 90, precision: 0.4, recall: 0.9}", "a precision of 0.4"),
        ("{set: own, calls: 90, precision: 0.9, recall: 0.3}", "a recall of 0.3"),
    ],
)
def test_a_record_that_speaks_against_the_rule(
    packs: Packs, tmp_path: Path, record: str, said: str
) -> None:
    body = f"says: {{speaker: csr, words: closing}}\nrecord: {record}"
    (found,) = linted(packs, tmp_path, body, "live")
    assert (found.error.code, found.severity) == ("QA268", "warning")
    assert said in text_of(found.error).en


def test_a_rule_on_trial_shows_how_it_judges(packs: Packs, tmp_path: Path) -> None:
    body = "says: {speaker: csr, words: closing}"
    found = linted(packs, tmp_path, body, cases="")
    assert [(one.error.code, one.severity, one.error.values["verdict"]) for one in found] == [
        ("QA271", "warning", "met"), ("QA271", "warning", "not_met"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("was", "now", "code", "said"),
    [
        ("rules: [CLO-002]", "rules: [OPEN-001]", "QA272", "rest on the rule OPEN-001"),
        ("rules: [CLO-002]", "rules: [CLO-002, CLO-002]", "QA272", "costs twice"),
        ("fatal: form", "fatal: none", "QA273", "changes nothing"),
        (
            "Met: greets within the first two turns. Not met: no greeting.", "See training.",
            "QA273", "guide too short",
        ),
    ],
)  # fmt: skip
def test_an_item_that_costs_twice_or_says_nothing(
    packs: Packs, tmp_path: Path, was: str, now: str, code: str, said: str
) -> None:
    text = new_scorecard("en", packs)
    path = tmp_path / "card.yaml"
    assert was in text
    path.write_text(text.replace(was, now), "utf-8")
    (found,) = lint(with_file(packs, path, None, name="card.yaml").packs, ("card.yaml",))
    assert (found.error.code, found.severity) == (code, "warning")
    assert said in text_of(found.error).en


def test_one_fault_is_punished_once(packs: Packs, tmp_path: Path) -> None:
    path = tmp_path / "twice.yaml"
    logic = "".join(
        f"    {line}\n"
        for line in (
            "conditions:",
            "  {0}: {{says: {{speaker: csr, words: hold_thanks}}}}",
            "met_when: {0}",
        )
    )
    one = HEAD.format(id="OPEN-901", status="live") + logic.format("a")
    other = HEAD.format(id="OPEN-902", status="live") + logic.format("b")
    path.write_text(one + other.removeprefix("rules:\n"), "utf-8")
    read = with_file(packs, path, "en", name="twice.yaml")
    found = [f for f in lint(read.packs, ("twice.yaml",)) if f.error.code == "QA264"]
    (only,) = found
    assert only.severity == "error"
    assert {only.error.values["rule"], only.error.values["other"]} == {"OPEN-901", "OPEN-902"}


def test_wordings_that_two_rules_forbid_are_told(packs: Packs, tmp_path: Path) -> None:
    both = two(
        "{says: {speaker: csr, words: [abuse, ask_secret]}}", BYE, "not_met_when: a\nunless: b"
    )
    found = [f for f in linted(packs, tmp_path, both, "live") if f.error.code == "QA265"]
    assert found == []  # only the narrower rule is told
    narrow = two("{says: {speaker: csr, words: abuse}}", BYE, "not_met_when: a\nunless: b")
    (other,) = [f for f in linted(packs, tmp_path, narrow, "live") if f.error.code == "QA265"]
    assert (other.severity, other.error.values["rule"]) == ("warning", "OPEN-901")
    assert other.error.values["other"] == "COMP-001"
    assert "en-inbound COMP-1 (COMP-001)" in str(other.error.values["items"])


def test_a_fatal_item_names_its_consequence(packs: Packs, tmp_path: Path) -> None:
    text = (shipped_root() / "scorecards/en/inbound.yaml").read_text("utf-8")
    path = tmp_path / "card.yaml"
    path.write_text(text.replace(" the whole form scores zero.", "", 1), "utf-8")
    read = with_file(packs, path, None, name="card.yaml")
    (found,) = lint(read.packs, ("card.yaml",))
    assert (found.error.code, found.severity) == ("QA267", "error")
    assert "consequence" in text_of(found.error).en


def test_a_fatal_item_rests_on_live_rules(packs: Packs) -> None:
    trial = tuple(
        rule.model_copy(update={"status": "trial"}) if rule.id == "COMP-001" else rule
        for rule in packs.rules
    )
    found = [f for f in lint(packs.model_copy(update={"rules": trial})) if f.severity == "error"]
    assert {f.error.code for f in found} == {"QA267"}
    assert {"COMP-1" in str(f.error.values["item"]) for f in found} == {True}
    assert "on trial" in text_of(found[0].error).en


def test_the_shipped_packs_have_no_errors(packs: Packs) -> None:
    assert [str(one.error) for one in lint(packs) if one.severity == "error"] == []
