"""`qa whatif` says what judging anew would say, runs only what changed, saves nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from qa.domain.evaluations import Answer
from qa.domain.keys import canonical_json
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.flow.rejudging import Rejudging
from qa.flow.shipped import shipped_root
from qa.flow.simulated import keep_scripts as keep_simulated
from qa.flow.stages import judge
from qa.flow.whatif import WhatIf, packs_under, read_since, whatif
from qa.flow.work import with_transcript
from qa.packs.load import load_packs
from qa.scoring.column_rows import evaluation_at, judged_of
from qa.scoring.columns import score_columns
from qa.scoring.score import score
from qa.simulate.site import SiteSpec, simulate_site
from qa.store.store import Store, open_store
from tests.flow.stored import keep_scripts
from transcribe.errors import CodedError

ROOT = shipped_root()


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(ROOT)


@pytest.fixture(scope="module")
def store(packs: Packs, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("store") / "qa.sqlite"
    with open_store(f"sqlite:///{path}") as opened:
        assert len(keep_scripts(opened, packs, "zh")) >= 4
        yield opened


def changed(packs: Packs, tmp_path: Path, shipped: str, old: str, new: str) -> Packs:
    """The packs with one shipped file edited."""
    text = (ROOT / shipped).read_text("utf-8")
    assert old in text
    path = tmp_path / Path(shipped).name
    path.write_text(text.replace(old, new), "utf-8")
    return packs_under(path, packs, "zh")[0]


def moves(made: WhatIf) -> dict[str, dict[str, str]]:
    return {call.call_id: call.verdicts for form in made.forms for call in form.calls}


def anew(store: Store, packs: Packs) -> dict[str, float | None]:
    """Each call's score when everything is measured, judged and scored again."""
    scores = {}
    for graded in store.latest_evaluations():
        inputs = store.findings_inputs(graded.record.findings_key)
        assert inputs is not None
        facts = store.facts_inputs(inputs.facts_key)
        assert facts is not None
        words = store.transcript(facts.transcript_key)
        assert words is not None
        made = judge(with_transcript(graded.call, words), words, packs)
        score = made.evaluation.score
        scores[graded.call.id] = None if score is None else float(score)
    return scores


def scores_after(store: Store, made: WhatIf) -> dict[str, float | None]:
    old = store.latest_evaluations()
    scores: dict[str, float | None] = {
        one.call.id: None if (s := one.record.evaluation.score) is None else float(s) for one in old
    }
    return scores | {c.call_id: c.score_after for form in made.forms for c in form.calls}


def test_the_same_packs_change_nothing(store: Store, packs: Packs) -> None:
    made = whatif(store, packs, Limits())
    assert moves(made) == {}
    assert made.rerun == {}
    assert made.measured == 0
    assert sum(form.compared.calls for form in made.forms) == len(store.latest_evaluations())


@pytest.mark.parametrize(
    ("shipped", "old", "new", "rerun"),
    [
        ("rules/zh/hold.yaml", "within_s: 15", "within_s: 1", {"HOLD-002"}),
        ("rules/zh/opening.yaml", "first_turns: 2", "first_s: 1", {"OPEN-001", "OPEN-002"}),
        ("rules/zh/empathy.yaml", "within_turns: 4", "within_turns: 1", {"EMP-001"}),
    ],
)
def test_only_changed_rules_are_judged_again(
    store: Store, packs: Packs, tmp_path: Path, shipped: str, old: str, new: str, rerun: set[str]
) -> None:
    other = changed(packs, tmp_path, shipped, old, new)
    made = whatif(store, other, Limits())
    assert set(made.rerun) == rerun
    assert made.measured == 0
    assert scores_after(store, made) == anew(store, other)


def test_a_word_list_is_measured_again(store: Store, packs: Packs, tmp_path: Path) -> None:
    other = changed(
        packs, tmp_path, "rules/words/zh/closing.yaml", "phrases:\n", "phrases:\n  - 稍等\n"
    )
    made = whatif(store, other, Limits())
    assert made.measured == len(store.latest_evaluations())
    assert scores_after(store, made) == anew(store, other)


def test_a_form_is_scored_again_and_no_rule_run(store: Store, packs: Packs, tmp_path: Path) -> None:
    text = (ROOT / "scorecards/zh/inbound.yaml").read_text("utf-8")
    path = tmp_path / "card.yaml"
    path.write_text(text.replace('pass_mark: "85"', 'pass_mark: "40"', 1), "utf-8")
    other, card = packs_under(path, packs, None)
    made = whatif(store, other, Limits(), scorecard=card)
    assert made.rerun == {}
    (form,) = made.forms
    assert form.scorecard == "zh-inbound"
    assert sum(form.compared.passes.values()) > 0
    assert scores_after(store, made) == anew(store, other)


def test_people_and_teams_and_dates(store: Store, packs: Packs, tmp_path: Path) -> None:
    other = changed(packs, tmp_path, "rules/zh/opening.yaml", "first_turns: 2", "first_s: 0.1")
    made = whatif(store, other, Limits())
    (form,) = made.forms
    assert form.compared.changed == len(form.calls) > 0
    for kind in ("csr", "team"):
        groups = form.compared.groups[kind]
        assert sum(group.changed for group in groups) == form.compared.changed
        assert all(group.score_before != group.score_after for group in groups)
    late = whatif(store, other, Limits(), since=datetime(2026, 10, 3, tzinfo=UTC))
    assert sum(f.compared.calls for f in late.forms) == form.compared.calls - 2


def test_the_store_is_only_read(store: Store, packs: Packs, tmp_path: Path) -> None:
    before = [(one.record.id, one.record.key) for one in store.latest_evaluations()]
    other = changed(packs, tmp_path, "rules/zh/hold.yaml", "within_s: 15", "within_s: 1")
    whatif(store, other, Limits())
    assert [(one.record.id, one.record.key) for one in store.latest_evaluations()] == before


def test_answers_stay_people_s(packs: Packs, tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'qa.sqlite'}") as store:
        (call, *_) = keep_scripts(store, packs, "zh")
        at = datetime(2026, 11, 2, tzinfo=UTC)
        answer = Answer(ref_id="HOLD-2", verdict="met", by="Mei", reason="heard it", at=at)
        store.save_answer(call, answer, scorecard="zh-inbound")
        other = changed(packs, tmp_path, "rules/zh/hold.yaml", "within_s: 15", "within_s: 1")
        made = whatif(store, other, Limits())
        assert made.dropped_answers == 0
        after = {c.call_id: c.verdicts for form in made.forms for c in form.calls}
        assert not after.get(call, {}).get("HOLD-2", "").endswith("not_met")


def test_a_simulated_site_through_the_columns_equals_the_slow_path_to_the_last_byte(
    packs: Packs, tmp_path: Path
) -> None:
    other = changed(packs, tmp_path, "rules/zh/closing.yaml", "last_turns: 3", "last_turns: 1")
    card = next(one for one in other.scorecards if one.id == "zh-inbound")
    card = card.model_copy(update={"pass_mark": Decimal(70)})
    with open_store(f"sqlite:///{tmp_path / 'sim.sqlite'}") as store:
        made = simulate_site(SiteSpec(csrs=3, calls_a_csr=6, seed=5))
        keep_simulated(store, packs, made.scripts)
        graded = [g for g in store.latest_evaluations()
                  if g.record.evaluation.scorecard == card.id]  # fmt: skip
        assert len(graded) >= 10
        again = Rejudging(store, other, Limits())
        stored = store.verdicts([one.record.findings_key for one in graded])
        rows = [again.row(one, card, stored[one.record.findings_key]) for one in graded]
        assert again.unread == []
        assert again.rerun
        assert None not in rows
        known = [row for row in rows if row is not None]
        scored = score_columns(card, judged_of(card, [(r.verdicts, r.answers) for r in known]))
        for number, row in enumerate(known):
            findings = again.findings(row)
            ids = {one.rule_id: one.id for one in findings}
            slow = score(row.graded.call, findings, card, row.answers)
            assert canonical_json(evaluation_at(scored, number, ids)) == canonical_json(slow)


def test_a_wrong_date_is_told() -> None:
    assert read_since("", UTC) is None
    assert read_since("2026-10-01", UTC) == datetime(2026, 10, 1, tzinfo=UTC)
    with pytest.raises(CodedError, match="QA875"):
        read_since("October", UTC)
