"""The shipped rules' own cases: each live rule shows what it grants, faults and leaves open."""

import pytest

from qa.domain.packs import Packs
from qa.flow.shipped import shipped_root
from qa.packs.load import load_packs
from transcribe.transcript import Language


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(shipped_root())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_live_rule_has_cases_of_every_kind(packs: Packs, language: Language) -> None:
    live = [rule for rule in packs.rules if rule.language == language and rule.status == "live"]
    assert len(live) > 40
    for rule in live:
        expected = {case.expect for case in rule.cases}
        assert {"met", "not_met", "undecided"} <= expected, rule.place
        names = [case.name for case in rule.cases]
        assert len(set(names)) == len(names), rule.place


def test_both_languages_show_the_same_kinds(packs: Packs) -> None:
    """The same standard is shown by as many cases of a verdict, give or take one."""
    shown: dict[str, dict[str, list[int]]] = {}
    for rule in packs.rules:
        for verdict in ("met", "not_met", "undecided"):
            count = sum(case.expect == verdict for case in rule.cases)
            shown.setdefault(rule.id, {}).setdefault(verdict, []).append(count)
    uneven = [(rule, v) for rule, by in shown.items() for v, n in by.items() if max(n) > min(n) + 1]
    assert uneven == []
