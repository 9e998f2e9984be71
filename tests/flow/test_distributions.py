"""`qa distributions`: read off the store, written to the site, used by the rules that ask."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from qa.domain.distributions import MIN_CALLS, Distribution
from qa.domain.limits import Limits
from qa.flow.check_file import check_file
from qa.flow.distributions import read_off, waiting, write_distributions
from qa.flow.shipped import shipped_packs, shipped_root
from qa.flow.whatif import whatif
from qa.packs.load import load_packs
from qa.store.store import Store, open_store
from tests.flow.stored import keep_scripts
from transcribe.errors import CodedError

RULE = """rules:
  - id: VOI-901
    name: speaks_no_faster_than_most
    title: {zh: 语速不快于多数通话, en: Speaks no faster than most}
    why: {zh: 试, en: test}
    wrong_when: {zh: 试, en: test}
    status: trial
    conditions:
      fast: {pace: {speaker: csr, above_percentile: 95, above_per_min: 200}}
    not_met_when: fast
    cases:
      - {expect: met, call: "00:01.0-00:11.0 csr: 一二三四五六七八九十一二三四五六七八九十"}
      - {expect: not_met, call: "00:01.0-00:05.0 csr: 一二三四五六七八九十一二三四五六七八九十"}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped packs and one rule that compares with a percentile."""
    root = tmp_path_factory.mktemp("site")
    for path, source in shipped_packs(shipped_root()).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, root / path)
    (root / "rules/zh/own.yaml").write_text(RULE, "utf-8")
    return root


@pytest.fixture(scope="module")
def store(site: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{site / 'qa.sqlite'}") as opened:
        keep_scripts(opened, load_packs(site), "zh")
        yield opened


@pytest.fixture
def fresh(site: Path) -> Iterator[Path]:
    """The site without distributions, before and after."""
    path = site / "rules/distributions.yaml"
    path.unlink(missing_ok=True)
    yield path
    path.unlink(missing_ok=True)


def many(made: tuple[Distribution, ...]) -> list[Distribution]:
    """The same as if it had been read off calls enough."""
    return [one.model_copy(update={"calls": MIN_CALLS}) for one in made]


def csr_paces(store: Store) -> list[float]:
    found = []
    for graded in store.latest_evaluations():
        inputs = store.findings_inputs(graded.record.findings_key)
        facts = store.facts(inputs.facts_key) if inputs else None
        assert facts is not None
        found += [f.value for f in facts.of("pace", "csr") if f.turn is None]
    return [float(value) for value in found if value is not None]


def test_the_middle_of_the_sites_calls_is_read_off(store: Store) -> None:
    calls, made = read_off(store)
    own = next(one for one in made if (one.speaker, one.per) == ("csr", "call"))
    paces = csr_paces(store)
    assert calls == len(store.latest_evaluations())
    assert own.calls == len(paces) >= 4
    assert own.at(50) == round(median(paces), 1)
    assert (own.at(0), own.at(100)) == (min(paces), max(paces))


def test_what_is_written_is_read_again_and_the_rule_waits_for_calls(
    store: Store, site: Path, fresh: Path
) -> None:
    _, made = read_off(store)
    assert write_distributions(site, made) == fresh
    packs = load_packs(site)
    assert packs.distributions == made
    (rule,) = waiting(packs.rules, made)
    own = next(one for one in made if (one.speaker, one.per) == ("csr", "call"))
    assert (rule.rule_id, rule.calls_short) == ("VOI-901", MIN_CALLS - own.calls)
    assert waiting(packs.rules, many(made)) == ()


def test_another_distribution_judges_only_the_rules_that_compare_with_it_again(
    store: Store, site: Path, fresh: Path
) -> None:
    _, made = read_off(store)
    before = load_packs(site)
    write_distributions(site, many(made))
    after = load_packs(site)
    changed = {
        (one.language, one.id)
        for one, other in zip(before.rules, after.rules, strict=True)
        if one.digest != other.digest
    }
    assert changed == {("zh", "VOI-901")}
    made_again = whatif(store, after, Limits())
    assert made_again.measured == 0
    assert set(made_again.rerun) == {"VOI-901"}


def test_a_rules_own_cases_are_judged_by_its_fixed_bound(
    store: Store, site: Path, fresh: Path
) -> None:
    """Everybody at this site speaks faster than both cases, yet these hold as written."""
    faster = [
        one.model_copy(update={"values": tuple(value + 1000 for value in one.values)})
        for one in many(read_off(store)[1])
    ]
    write_distributions(site, faster)
    packs = load_packs(site)
    one, checked = check_file(
        site / "rules/zh/own.yaml", packs, root=site, language="zh", name="own.yaml"
    )
    assert checked.cases == 2
    assert one.rules[0].conditions[0].params["site_calls"] == MIN_CALLS


def test_no_calls_write_an_empty_file(site: Path, fresh: Path) -> None:
    write_distributions(site, ())
    assert load_packs(site).distributions == ()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CodedError, match="QA311"):
        write_distributions(tmp_path / "nowhere", ())
