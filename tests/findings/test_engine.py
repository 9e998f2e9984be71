"""The engine's door: values, failures, memory, threads, and the rulesets that are kept."""

import random
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.errors import CATALOGUE
from qa.findings import engine
from qa.findings.compile import compile_rules
from qa.findings.engine import MAX_INT, MAX_RULESETS, enough, relate, settled
from qa.findings.find import find, find_with
from qa.findings.operators import OPERATORS
from tests.findings.by_hand import call_with, judged, one_condition, rule_of, said, sound
from tests.findings.oracle import judge_plainly
from tests.findings.worlds import random_facts, random_rules
from transcribe.errors import CodedError

SAYS_A = {"says": {"words": "a"}}
BEFORE = rule_of({"a": SAYS_A, "b": {"says": {"words": "b"}}}, met_when={"before": ["a", "b"]})
SHARD = compile_rules([BEFORE], OPERATORS).levels[0].shards[0]


def hit(**fields: object) -> dict[str, int | str]:
    fact = {"k": "h", "c": "c0", "f": "x", "s": 0, "e": 1, "t": 0, "n": 1, "z": 1}
    return {**fact, **fields}  # type: ignore[dict-item]


@pytest.mark.parametrize("value", [0, -MAX_INT, MAX_INT, "", "c0 h1~"])
def test_what_the_engine_can_hold(value: object) -> None:
    find, anchor = SHARD.joined
    held = {"e" if isinstance(value, int) else "f": value}
    related = relate(SHARD, [hit(c=find, **held), hit(c=anchor, f="y", s=1)])
    assert related.pairs == {"l0": ((held.get("f", "x"), "y"),)}


@pytest.mark.parametrize(
    "value",
    [
        MAX_INT + 1,
        -MAX_INT - 1,
        1.5,
        float("nan"),
        None,
        True,
        "您好",
        "a\n",
        'a"',
        "a\\",
        "\ud800",
        [1],
        b"x",
    ],
)
def test_qa337_what_it_cannot_hold(value: object) -> None:
    with pytest.raises(CodedError) as caught:
        relate(SHARD, [hit(), hit(c=value)])
    assert (caught.value.code, caught.value.values["field"]) == ("QA337", "c")
    assert "c" in caught.value.text("zh", CATALOGUE)


def test_qa337_names_the_call() -> None:
    rule = rule_of({"hold": {"hold": {}}, "a": SAYS_A}, met_when={"before": ["hold", "a"]})
    with pytest.raises(CodedError) as caught:
        find(call_with(sound("hold", 1e15, 9), said("a", 1)), [rule])
    assert (caught.value.code, caught.value.place) == ("QA337", "call-1")


def test_qa336_a_ruleset_the_engine_refuses() -> None:
    for ruleset in ("{", '{"r": {"all": []}}'):
        broken = replace(
            SHARD,
            name="broken",
            count_ruleset=ruleset,
            relation_ruleset=ruleset,
            part_ruleset=ruleset,
        )
        for place, ask in (
            ("broken.relations", lambda broken=broken: relate(broken, [hit()])),
            ("broken.counts", lambda broken=broken: enough(broken, {"c0": 1})),
            ("broken.parts", lambda broken=broken: settled(broken, {"l0": True})),
        ):
            with pytest.raises(CodedError) as caught:
                ask()
            assert (caught.value.code, caught.value.place) == ("QA336", place)
            assert caught.value.values["problem"]


def test_qa336_a_fact_that_no_rule_can_hold_and_the_next_call_is_well() -> None:
    with pytest.raises(CodedError) as caught:
        relate(SHARD, [hit(), hit(k="unheard of")])
    assert caught.value.code == "QA336"
    assert judged(call_with(said("a", 0), said("b", 1)), BEFORE).verdict == "met"
    assert judged(call_with(), BEFORE).verdict == "not_met"


def test_a_state_is_deleted_when_a_batch_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    deleted = []
    real = engine.durable.delete_state
    monkeypatch.setattr(
        engine.durable, "delete_state", lambda *args: (deleted.append(args[1]), real(*args))
    )
    relate(SHARD, [hit()])
    with pytest.raises(CodedError, match="QA336"):
        relate(SHARD, [hit(k="odd")])
    assert deleted == ["s1", "s1"]


def test_rulesets_are_kept_and_the_oldest_deleted() -> None:
    first = one_condition("says", words="kept0")
    find(call_with(), [first])
    for number in range(1, MAX_RULESETS + 5):
        find(call_with(), [one_condition("says", words=f"kept{number}")])
    assert len(engine._RULESETS) <= MAX_RULESETS
    assert judged(call_with(said("kept0", 0)), first).verdict == "met"


def test_the_same_shard_is_the_same_ruleset() -> None:
    find(call_with(said("a", 0)), [BEFORE])
    kept = list(engine._RULESETS)
    for _ in range(3):
        find(call_with(said("a", 0)), [BEFORE])
    assert list(engine._RULESETS) == kept


def test_counts_alone_are_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_CONCLUSIONS", {})
    asked: list[str] = []
    inner = engine._run

    def noted(name: str, ruleset: str, batch: str) -> list[str]:
        asked.append(name)
        return inner(name, ruleset, batch)

    monkeypatch.setattr(engine, "_run", noted)
    rule = one_condition("says", words="counted")
    for turn in (0, 2, 4):
        assert judged(call_with(said("counted", turn)), rule).verdict == "met"
    assert [name.rsplit(".")[-1] for name in asked] == ["counts", "parts"]


def test_the_truth_of_one_rule_does_not_ask_about_another_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rules that share a shard, and a leaf, are settled each on its own."""
    monkeypatch.setattr(engine, "_CONCLUSIONS", {})
    asked: list[str] = []
    inner = engine._run

    def noted(name: str, ruleset: str, batch: str) -> list[str]:
        asked.append(name.rsplit(".")[-1])
        return inner(name, ruleset, batch)

    monkeypatch.setattr(engine, "_run", noted)
    hold = {"hold": {}}
    rules = [
        rule_of({"a": SAYS_A, "b": hold}, rule_id="CLO-001", met_when={"all": ["a", "b"]}),
        rule_of({"a": SAYS_A, "c": {"says": {"words": "c"}}}, met_when={"any": ["a", "c"]}),
    ]
    held = sound("hold", 5, 9)

    def verdicts(*facts: Fact) -> list[str]:
        asked.clear()
        return [one.verdict for one in find(call_with(*facts), rules)]

    assert verdicts(said("a", 0)) == ["not_met", "met"]
    assert asked == ["counts", "parts", "parts"]
    assert verdicts(said("a", 0), held) == ["met", "met"]
    assert asked == ["counts", "parts"]  # a hold changes the first rule alone
    assert verdicts(held) == ["not_met", "not_met"]
    assert asked == ["parts", "parts"]
    assert verdicts(said("a", 0), held) == ["met", "met"]
    assert asked == []


def test_conclusions_are_kept_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MAX_CONCLUSIONS", 2)
    monkeypatch.setattr(engine, "_CONCLUSIONS", {})
    rule = rule_of({"a": SAYS_A, "b": {"hold": {}}}, met_when={"all": ["a", {"not": "b"}]})
    held, spoken = sound("hold", 5, 9), said("a", 0)
    for _ in range(2):
        assert judged(call_with(), rule).verdict == "not_met"
        assert judged(call_with(spoken), rule).verdict == "met"
        assert judged(call_with(spoken, held), rule).verdict == "not_met"
        assert judged(call_with(held), rule).verdict == "not_met"
        assert len(engine._CONCLUSIONS) <= 2


def _resident_kb() -> int:
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_three_thousand_judgements_leave_no_state_behind() -> None:
    """More than the 1,024 live sessions that end the engine, and no growth to speak of."""
    facts = call_with(*(said(kind, turn) for kind in "ab" for turn in range(6)))
    program = compile_rules([BEFORE], OPERATORS)
    for _ in range(300):
        find_with(facts, program, Limits())
    before_kb = _resident_kb()
    for _ in range(3000):
        find_with(facts, program, Limits())
    assert _resident_kb() - before_kb < 4_000  # a state left behind costs 400 kB or more


def test_threads_do_not_write_into_each_others_session() -> None:
    said_a = call_with(said("a", 0), said("b", 1))
    wrong: list[str] = []

    def work(seed: int) -> None:
        rng = random.Random(seed)
        for _ in range(60):
            facts, expected = (said_a, "met") if rng.random() < 0.5 else (call_with(), "not_met")
            seen = judged(facts, BEFORE).verdict
            if seen != expected:
                wrong.append(f"{seen} instead of {expected}")

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# The same inputs give the same bytes ---------------------------------------------------------


def _bytes(facts: object, rules: object) -> str:
    found = find(facts, rules)  # type: ignore[arg-type]
    return "\n".join(finding.model_dump_json() for finding in found)


@pytest.mark.parametrize("seed", range(40))
def test_the_order_of_facts_and_rules_is_irrelevant(seed: int) -> None:
    rng = random.Random(seed)
    rules = list(random_rules(rng))
    facts = random_facts(rng)
    first = _bytes(facts, rules)
    assert _bytes(facts, rules) == first
    parts = {name: list(getattr(facts, name)) for name in ("facts", "candidates")}
    for part in (*parts.values(), rules):
        rng.shuffle(part)
    shuffled = facts.model_copy(update={name: tuple(part) for name, part in parts.items()})
    assert _bytes(shuffled, rules) == first


def test_facts_read_back_from_json_give_the_same_bytes() -> None:
    rng = random.Random(5)
    for _ in range(20):
        rules, facts = random_rules(rng), random_facts(rng)
        again = type(facts).model_validate_json(facts.model_dump_json())
        assert _bytes(again, rules) == _bytes(facts, rules)


def test_findings_come_sorted_by_rule_id() -> None:
    rules = [one_condition("says", words="a"), rule_of({"b": {"hold": {}}}, rule_id="CLO-001",
             met_when="b")]  # fmt: skip
    assert [one.rule_id for one in find(call_with(sound("hold", 1, 9)), rules)] == [
        "CLO-001",
        "OPEN-001",
    ]


def test_large_random_packs_agree_with_the_oracle() -> None:
    rng = random.Random(11)
    rules = []
    for number in range(60):
        for rule in random_rules(rng, most=5):
            wanted = f"OPEN-{number * 5 + int(rule.id[-3:]):03d}"
            tree = rule.model_dump_json().replace('"OPEN-00', f'"X{number}-')
            if "X" in tree.replace(f'"id":"X{number}-', ""):
                continue  # it asks for another rule, which gets another id here
            rules.append(rule.model_copy(update={"id": wanted, "digest": f"{wanted}{rule.digest}"}))
    assert len(rules) > 90
    program = compile_rules(rules, OPERATORS)
    assert sum(len(level.shards) for level in program.levels) > 3
    for _ in range(15):
        facts = random_facts(rng)
        found = {one.rule_id: one.verdict for one in find_with(facts, program, Limits()).findings}
        assert found == judge_plainly(facts, rules, Limits())
