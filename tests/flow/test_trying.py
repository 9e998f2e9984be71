"""What `qa try` shows: hits, the nearest miss, and by how much a condition failed."""

from pathlib import Path

import pytest

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.script import read_script
from qa.facts.measure import measure
from qa.findings.find import find, find_all
from qa.findings.hits import Given, Hit, View
from qa.findings.operators import OPERATORS
from qa.findings.program import Use
from qa.flow.lines import ref_of
from qa.flow.near_misses import near_misses
from qa.flow.shipped import shipped_root
from qa.flow.trying import Tried, try_rule
from qa.packs.load import load_packs
from qa.packs.one_file import with_file
from tests.findings.by_hand import call_with

HEAD = """\
rules:
  - id: OPEN-901
    name: a_claim
    title: {zh: 标题, en: Title}
    why: {zh: 因为, en: Because}
    wrong_when: {zh: 有时, en: At times}
"""
CALL = """\
# a call  language: en
00:01.0-00:04.0 csr: Good morning, this is Ann, how can I help you?
00:04.5-00:08.0 customer: I want to complain about my bill, this is ridiculous.
00:13.0-00:16.0 csr: What is your account number?
00:16.5-00:19.0 customer: Four two one.
00:19.5-00:21.0 csr: Thank you, one moment please.
00:22.0 -- hold 20s
00:43.0-00:46.0 csr: I am sorry about that bill, it is corrected.
00:46.5-00:48.0 customer: Thank you, goodbye.
"""


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(shipped_root())


def tried(packs: Packs, tmp_path: Path, body: str, text: str = CALL) -> Tried:
    path = tmp_path / "rule.yaml"
    path.write_text(HEAD + "".join(f"    {line}\n" for line in body.splitlines()), "utf-8")
    one = with_file(packs, path, "en")
    script = read_script(text, name="a.call")
    facts = measure(script.call, script.transcript, one.packs.patterns_for(script.call), Limits())
    finding = next((f for f in find(facts, one.rules)), None) if facts.language == "en" else None
    return try_rule(one.rules[0], ref_of(script.call), facts, finding, Limits())


def test_hits_stand_where_they_were_said(packs: Packs, tmp_path: Path) -> None:
    made = tried(packs, tmp_path, "says: {speaker: csr, words: greeting}")
    assert made.finding is not None
    assert made.finding.verdict == "met"
    (condition,) = made.conditions
    assert condition.hits
    assert condition.hits[0].quote in "Good morning, this is Ann, how can I help you?"
    assert made.nearest is None


@pytest.mark.parametrize(
    ("body", "unit", "by", "said"),
    [
        (
            "says: {speaker: csr, words: apology, window: {first_s: 30}}",
            "s", 13.0, "outside the window",
        ),
        ("hold: {min_s: 30}", "s", 10.0, "measured 20.0"),
        ("dead_air: {min_s: 9}", "s", 4.0, "measured 5.0"),
        ("pace: {speaker: csr, above_per_min: 900}", "per_min", None, "above_per_min is 900"),
        ("call_length: {above_s: 300}", "s", None, "above_s is 300"),
        ("talk_share: {speaker: csr, above_share: 0.99}", "share", None, "above_share is 0.99"),
        ("turn_count: {speaker: customer, at_least: 50}", "turns", None, "at_least is 50"),
        ("response_latency: {speaker: csr, min_s: 60}", "s", None, "min_s is 60"),
        (
            "says: {speaker: csr, phrases: [this is ridiculous]}",
            "speaker", None, "said by the customer",
        ),
    ],
)  # fmt: skip
def test_how_far_it_was_from_a_hit(
    packs: Packs, tmp_path: Path, body: str, unit: str, by: float | None, said: str
) -> None:
    made = tried(packs, tmp_path, body)
    assert made.nearest is not None
    assert made.nearest.unit == unit
    assert by is None or made.nearest.by == pytest.approx(by, abs=0.5)
    assert said in made.nearest.text.en


def test_a_misheard_wording_is_the_nearest(packs: Packs) -> None:
    one = with_file(packs, shipped_root() / "rules/zh/hold.yaml", "zh")
    text = (
        "# 一通  language: zh\n00:01.0-00:03.0 csr: 请稍等。\n00:04.0 -- hold 20s\n"
        "00:25.0-00:29.0 csr: 可以的，我已经帮您登记好了。\n"
    )
    script = read_script(text, name="a.call")
    facts = measure(script.call, script.transcript, one.packs.patterns_for(script.call), Limits())
    (rule,) = [rule for rule in one.rules if rule.id == "HOLD-002"]
    (finding,) = find(facts, [rule])
    made = try_rule(rule, ref_of(script.call), facts, finding, Limits())
    assert made.nearest is not None
    assert (made.nearest.condition, made.nearest.unit) == ("thanks", "distance")
    assert 0 < made.nearest.by < 0.3
    assert "the limit is 0.3" in made.nearest.text.en


def test_a_relation_says_how_much_too_far(packs: Packs, tmp_path: Path) -> None:
    body = (
        "conditions:\n"
        "  upset: {says: {speaker: customer, words: complaint}}\n"
        "  comfort: {says: {speaker: csr, words: apology}}\n"
        "met_when: {after: {find: comfort, anchor: upset, within_s: 10}}"
    )
    made = tried(packs, tmp_path, body)
    assert made.finding is not None
    assert made.finding.verdict == "not_met"
    assert made.nearest is not None
    assert (made.nearest.unit, made.nearest.condition) == ("s", "comfort after upset")
    assert "beyond the limit of 10 s" in made.nearest.text.en
    assert 20 < made.nearest.by < 35
    turns = tried(packs, tmp_path, body.replace("within_s: 10", "within_turns: 2"))
    assert turns.nearest is not None
    assert (turns.nearest.unit, turns.nearest.by) == ("turns", 2)
    back = tried(packs, tmp_path, body.replace("after: {find", "before: {find"))
    assert back.nearest is not None
    assert 'should stand before "upset"' in back.nearest.text.en
    assert "应在“upset”之前，却在另一边" in back.nearest.text.zh


def test_a_possible_hit_is_told_apart_from_a_sure_one(packs: Packs, tmp_path: Path) -> None:
    heard = CALL.replace("csr: ", "csr: Thank you for folding. ", 1)
    made = tried(packs, tmp_path, "says: {speaker: csr, words: hold_thanks}", heard)
    assert made.finding is not None
    assert made.finding.verdict == "undecided"
    (condition,) = made.conditions
    assert condition.hits == ()
    (perhaps,) = condition.possible
    assert perhaps.hit.quote == "Thank you for folding."
    assert "perhaps misheard" in perhaps.because.en
    assert "疑似误识别" in perhaps.because.zh


def test_what_is_not_measured_is_told(packs: Packs, tmp_path: Path) -> None:
    untimed = CALL.replace("-00:04.0 csr", " csr")
    made = tried(packs, tmp_path, "pace: {speaker: csr, above_per_min: 200}", untimed)
    assert made.finding is not None
    assert made.finding.verdict == "undecided"
    assert made.conditions[0].missing is not None


def test_a_call_of_the_other_language_is_not_judged(packs: Packs, tmp_path: Path) -> None:
    chinese = "# 一通  language: zh\n00:01.0-00:03.0 csr: 您好，请问有什么可以帮您？\n"
    made = tried(packs, tmp_path, "says: {speaker: csr, words: greeting}", chinese)
    assert made.finding is None
    assert made.why_not is not None
    assert "the rule is for en" in made.why_not.en


COMPLAINT = """\
# a complaint   language: en   channels: 2
00:01.0-00:04.0 csr: Good morning, this is Ann, how can I help you?
00:05.0-00:09.0 customer: I want to make a complaint about your service.
00:10.0-00:12.0 csr: What is your account number?
00:12.5-00:14.0 customer: Four two one.
00:14.5-00:16.0 csr: Okay, that is done, goodbye.
"""


def tried_on_derived(packs: Packs, tmp_path: Path, body: str) -> Tried:
    path = tmp_path / "rule.yaml"
    path.write_text(HEAD + f"    {body}\n", "utf-8")
    one = with_file(packs, path, "en")
    script = read_script(COMPLAINT, name="a.call")
    facts = measure(script.call, script.transcript, one.packs.patterns_for(script.call), Limits())
    given = one.packs.derivations_for(script.call)
    found = find_all(facts, one.packs.rules_for(script.call), given)
    finding = next((f for f in found.findings if f.rule_id == one.rules[0].id), None)
    assert found.derived
    ref = ref_of(script.call)
    return try_rule(one.rules[0], ref, facts, finding, Limits(), derived=found.derived)


def test_what_was_derived_is_a_hit(packs: Packs, tmp_path: Path) -> None:
    made = tried_on_derived(packs, tmp_path, "derived: {kind: risk, value: high}")
    (condition,) = made.conditions
    assert (condition.operator, condition.misses, made.nearest) == ("derived", (), None)
    assert condition.hits
    assert {hit.turn for hit in condition.hits} == {1}


def test_what_was_derived_outside_the_window_is_the_nearest(packs: Packs, tmp_path: Path) -> None:
    made = tried_on_derived(packs, tmp_path, "derived: {kind: risk, window: {last_s: 3}}")
    assert made.nearest is not None
    assert (made.nearest.condition, made.nearest.unit) == ("it", "s")
    assert made.nearest.by == pytest.approx(6.5, abs=0.1)
    assert "outside the window" in made.nearest.text.en


def test_another_level_is_the_nearest_miss() -> None:
    fact = Fact(kind="risk", start_s=1, end_s=2, value=2.0)
    view = View(call_with())
    view.give([Given("risk", 2.0, (Hit(fact),)), Given("risk", "low", (Hit(fact),))])
    told = {
        (one.unit, one.by, one.text.en)
        for want in ({"at_least": 3}, {"value": "high"})
        for one in near_misses("a", _use({"kind": "risk", **want}), view, Limits())
    }
    assert ("level", 1.0, "risk was derived as 2, at least 3 is wanted") in told
    assert ("value", 1.0, "risk was derived as low, not high") in told
    assert not list(near_misses("a", _use({"kind": "calm", "at_least": 3}), view, Limits()))


def _use(params: dict[str, object]) -> Use:
    operator = OPERATORS["derived"]
    return Use("c0", operator, operator.params.model_validate(params), None)
