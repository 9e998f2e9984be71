"""`qa demo` on the shipped recordings, beside the truth in the scripts they were made from."""

from collections import Counter
from pathlib import Path

import pytest

from qa.domain.script import read_script
from qa.store.store import open_store
from tests.cli.commands import ROOT, Ran, qa

pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    folder = tmp_path_factory.mktemp("demo")
    return folder, qa("demo", "centre", cwd=folder, timeout_s=900)


def pairs(folder: Path) -> Counter[tuple[str, str]]:
    """(truth, verdict) of every expectation written in the scripts."""
    counts: Counter[tuple[str, str]] = Counter()
    with open_store(f"sqlite:///{folder / 'centre' / 'qa.sqlite'}") as store:
        for path in sorted((ROOT / "demo/scripts").glob("*.call")):
            script = read_script(path.read_text("utf-8"), name=path.name)
            record = store.evaluations(path.stem)[-1]
            verdicts = {f.rule_id: f.verdict for f in store.findings(record.findings_key) or ()}
            for wanted in script.expectations:
                counts[wanted.verdict, verdicts[wanted.rule_id]] += 1
    return counts


def test_the_demo_ends_well_with_tables_and_the_way_on(demo: tuple[Path, Ran]) -> None:
    _, ran = demo
    assert ran.status == 0, ran.err
    for shown in ("zh-01", "en-05", "周敏", "Derek Sloan", "qa coach", "qa show"):
        assert shown in ran.out


def test_verdicts_agree_with_the_truth_and_abstain_rather_than_punish(
    demo: tuple[Path, Ran],
) -> None:
    counts = pairs(demo[0])
    total = sum(counts.values())
    agreed = sum(n for (truth, verdict), n in counts.items() if truth == verdict)
    faults = sum(n for (truth, _), n in counts.items() if truth == "not_met")
    unjust = sum(n for (truth, verdict), n in counts.items()
                 if verdict == "not_met" and truth != "not_met")  # fmt: skip
    assert total >= 100
    assert agreed / total >= 0.93
    assert counts["not_met", "not_met"] / faults >= 0.85
    assert unjust == 0


def test_a_second_demo_does_nothing_new(demo: tuple[Path, Ran]) -> None:
    folder, first = demo
    again = qa("demo", "centre", cwd=folder)
    assert again.out == first.out
    counts = qa("run", "--site", "centre", "--json", cwd=folder).lines[-1]
    assert (counts["unchanged"], counts["transcribed"], counts["graded"]) == (10, 0, 0)
