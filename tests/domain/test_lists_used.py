"""Which word lists a condition names, wherever they stand in its parameters."""

from pathlib import Path
from typing import Any

import pytest

from qa.domain.lists_used import lists_used
from qa.flow.shipped import shipped_root
from qa.packs.load import load_packs
from qa.packs.one_file import with_file
from transcribe.errors import CodedErrors

STEPS = [
    {"words": "greeting", "speaker": "csr"},
    {"words": ["hold", "closing"]},
    {"one_of": [[{"words": "thanks", "speaker": "customer"}], [{"words": "transfer"}]]},
]


@pytest.mark.parametrize(
    ("operator", "params", "used"),
    [
        ("says", {"words": "greeting", "speaker": "csr"}, [("greeting", "csr")]),
        ("says", {"words": ["a", "b"]}, [("a", None), ("b", None)]),
        ("dead_air", {"except_after": ["hold", "looking_up"]}, [("looking_up", None)]),
        ("promise", {"owner": "csr"}, [("promise_owner", "csr")]),
        ("promise", {"deadline": True}, []),
        (
            "sentiment",
            {"negative": ["rude"], "positive": "kind"},
            [("rude", "customer"), ("kind", "customer")],
        ),
        (
            "process_flow",
            {"steps": STEPS},
            [("greeting", "csr"), ("closing", None), ("thanks", "customer")],
        ),
        # What is of a wrong type is the compiler's to tell.
        ("process_flow", {"steps": ["greeting", 3]}, []),
        ("says", {"words": 3}, []),
    ],
)
def test_lists_used(operator: str, params: dict[str, Any], used: list[Any]) -> None:
    assert list(lists_used(operator, params)) == used


def test_the_mood_is_read_off_four_lists_and_satisfaction_by_default() -> None:
    kinds = {kind for kind, _ in lists_used("sentiment", {})}
    assert kinds == {"complaint", "anger", "dissatisfaction_threat", "thanks", "satisfaction"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("dead_air: {min_s: 5, except_after: [hold_notise]}", "QA237"),
        ("process_flow: {steps: [{words: greeting}, {words: closin}]}", "QA237"),
        ("sentiment: {is: negative, negative: [complaints]}", "QA237"),
        # A list of the CSR's wordings is never found in the customer's turns.
        ("process_flow: {steps: [{words: greeting, speaker: customer}, {words: thanks}]}", "QA245"),
    ],
)
def test_a_list_that_is_not_there_is_refused_with_its_place(
    tmp_path: Path, body: str, code: str
) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text(
        "rules:\n  - id: OPEN-901\n    name: a\n    title: {zh: 试, en: t}\n"
        f"    why: {{zh: 试, en: t}}\n    wrong_when: {{zh: 试, en: t}}\n    {body}\n",
        "utf-8",
    )
    with pytest.raises(CodedErrors) as raised:
        with_file(load_packs(shipped_root()), path, "en", name="rule.yaml")
    (error,) = raised.value.errors
    assert (error.code, error.place.split(":")[0]) == (code, "rule.yaml")
