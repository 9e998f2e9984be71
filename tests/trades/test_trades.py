"""The packs of three trades: right on labelled calls, silent on everybody else's."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from qa.domain.packs import Packs
from qa.domain.rules import Rule
from qa.domain.script import Script, read_script
from qa.findings.trade_names import TRADE_BEHAVIOURS
from qa.flow.choose import choose_scorecard
from qa.flow.quiet import read_quiet_sets
from qa.flow.shipped import shipped_root
from qa.flow.stages import Judgement, judge
from qa.packs.load import load_packs
from transcribe.transcript import Language

CALLS = Path(__file__).parent / "calls"
FORMS = {
    "bank": "bank-hotline",
    "telecom": "telecom-complaint",
    "ecommerce": "ecommerce-after-sales",
}
BOTH: tuple[Language, ...] = ("zh", "en")
EACH = [pytest.param(language, trade) for language in BOTH for trade in FORMS]
Pairs = Counter[tuple[str, str]]  # (truth, verdict) -> how often


@pytest.fixture(scope="module")
def packs() -> Packs:
    return shipped()


@cache
def shipped() -> Packs:
    return load_packs(shipped_root())


def script(language: Language, trade: str, stem: str) -> Script:
    return read_script((CALLS / language / trade / f"{stem}.call").read_text("utf-8"), name=stem)


def judged(language: Language, one: Script, form: str | None = None) -> Judgement:
    known = {"language": language}
    packs = shipped()
    return judge(
        one.call.model_copy(update=known),
        one.transcript.model_copy(update=known),
        packs,
        scorecard=choose_scorecard(packs, form) if form else None,
    )


def trade_rules(language: Language, trade: str) -> dict[str, Rule]:
    name = f"rules/{language}/{trade}.yaml:"
    return {rule.id: rule for rule in shipped().rules if rule.place.startswith(name)}


@cache
def seen(language: Language, trade: str) -> tuple[dict[str, Pairs], int]:
    """Truth and verdict of each of the trade's rules over its labelled calls, and their number."""
    pairs: dict[str, Pairs] = {rule: Counter() for rule in trade_rules(language, trade)}
    paths = sorted((CALLS / language / trade).glob("*.call"))
    for path in paths:
        one = script(language, trade, path.stem)
        made = judged(language, one)
        assert made.evaluation.scorecard == f"{language}-{FORMS[trade]}"
        verdicts = {finding.rule_id: finding.verdict for finding in made.findings}
        for wanted in one.expectations:
            pairs[wanted.rule_id][wanted.verdict, verdicts[wanted.rule_id]] += 1
    return pairs, len(paths)


@pytest.mark.parametrize(("language", "trade"), EACH)
def test_rules_agree_with_the_labels(language: Language, trade: str) -> None:
    """The author's own labels, also used for tuning: a floor, no measure of unseen calls."""
    pairs, calls = seen(language, trade)
    assert calls >= 12
    everything = sum(pairs.values(), Pairs())
    right = sum(count for (truth, verdict), count in everything.items() if truth == verdict)
    assert right / everything.total() >= 0.98
    for rule, counts in pairs.items():
        assert counts.total() == calls, rule
        truths = {truth for truth, _ in counts}
        assert {"met", "not_met", "not_applicable"} <= truths, rule


@pytest.mark.parametrize(("language", "trade"), EACH)
def test_records_say_what_is_measured(language: Language, trade: str) -> None:
    pairs, calls = seen(language, trade)
    for rule_id, rule in trade_rules(language, trade).items():
        counts = pairs[rule_id]
        hit = counts["not_met", "not_met"]
        said = sum(count for (_, verdict), count in counts.items() if verdict == "not_met")
        true = sum(count for (truth, _), count in counts.items() if truth == "not_met")
        assert rule.record is not None
        assert (rule.status, rule.record.calls) == ("live", calls)
        assert rule.record.precision == pytest.approx(hit / said, abs=0.005)
        assert rule.record.recall == pytest.approx(hit / true, abs=0.005)
        assert "written and labelled by the rule's author" in rule.record.set


@pytest.mark.parametrize(("language", "trade"), EACH)
def test_each_rule_stands_on_its_trades_form_only(language: Language, trade: str) -> None:
    rules = trade_rules(language, trade)
    assert 6 <= len(rules) <= 10
    on = {
        card.id
        for card in shipped().scorecards
        for item in card.items
        if card.language == language and set(item.rules) & set(rules)
    }
    assert on == {f"{language}-{FORMS[trade]}"}


@pytest.mark.parametrize(("language", "trade"), EACH)
def test_the_quiet_set_holds_good_calls_of_the_trade(language: Language, trade: str) -> None:
    (quiet,) = [one for one in read_quiet_sets(shipped_root())[0] if one.language == language]
    mark = f"attribute.trade: {trade}"
    assert sum(mark in one.call for one in quiet.calls) >= 8


@pytest.mark.parametrize("language", BOTH)
def test_calls_of_no_trade_are_neither_judged_nor_measured_by_trades(
    packs: Packs, language: Language
) -> None:
    one = script(language, "bank", "01")
    plain = one.model_copy(update={"call": one.call.model_copy(update={"attributes": {}})})
    made = judged(language, plain)
    ours = {rule for trade in FORMS for rule in trade_rules(language, trade)}
    assert made.evaluation.scorecard == f"{language}-inbound"
    assert not ours & {finding.rule_id for finding in made.findings}
    assert not set(TRADE_BEHAVIOURS) & {fact.kind for fact in made.facts.facts}
    call = plain.call.model_copy(update={"language": language})
    lists = {words.kind for words in packs.patterns_for(call).lists}
    assert not set(TRADE_BEHAVIOURS) & lists
    assert {"recording_notice", "thanks", "greeting", "confirmation"} <= lists


@pytest.mark.parametrize(("language", "trade"), EACH)
def test_a_form_may_be_asked_for_by_name(language: Language, trade: str) -> None:
    one = script(language, trade, "01")
    plain = one.model_copy(update={"call": one.call.model_copy(update={"attributes": {}})})
    made = judged(language, plain, f"{language}-{FORMS[trade]}")
    ruled = {finding.rule_id for finding in made.findings}
    assert set(trade_rules(language, trade)) <= ruled
    for other in FORMS:
        assert other == trade or not set(trade_rules(language, other)) & ruled


@pytest.mark.parametrize("language", BOTH)
def test_reasons_name_trade_behaviours_in_words(packs: Packs, language: Language) -> None:
    (patterns,) = [one for one in packs.patterns if one.language == language]
    known = {words.kind: words.title for words in patterns.lists}
    for kind, (zh, en) in TRADE_BEHAVIOURS.items():
        assert (known[kind].zh, known[kind].en.lower()) == (zh, en.lower())
