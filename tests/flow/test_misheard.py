"""Near sounds are offered beside the text, with their distance, and never put in its place."""

import json

import pytest

from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.script import read_script
from qa.domain.transcript_json import read_transcript_json
from qa.flow.lines import as_json, transcript_line
from qa.flow.shipped import shipped_root
from qa.packs.load import load_packs

SCRIPT = read_script(
    "# a call  language: zh\n"
    "00:01.0-00:05.0 csr: 您好，很高兴为您服务，公号二一零七。\n"
    "00:06.0-00:09.0 customer: 我的年费是一百二十块钱。\n"
    "00:10.0-00:14.0 csr: 不看宪宁的耐心等待，帮您查到了。\n",
    name="c",
)


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(shipped_root())


def test_a_homophone_is_offered_with_its_distance_and_place(packs: Packs) -> None:
    line = transcript_line(SCRIPT.call, SCRIPT.transcript, packs, Limits())
    found = [one for one in line.alternatives if one.turn == 2]
    assert [one.kind for one in found] == ["hold_thanks"]
    assert found[0].heard in SCRIPT.transcript.turns[2].text
    assert "耐心等待" in found[0].may_be
    assert 0 < found[0].distance <= Limits().near_distance
    assert 10 <= found[0].start_s < found[0].end_s <= 14
    assert line.transcript == SCRIPT.transcript


def test_nothing_farther_than_the_limit_is_offered(packs: Packs) -> None:
    strict = Limits(near_distance=0.0)
    line = transcript_line(SCRIPT.call, SCRIPT.transcript, packs, strict)
    assert all(one.distance == 0 for one in line.alternatives)
    assert not [one for one in line.alternatives if one.turn == 2]


def test_a_line_with_its_derived_parts_is_read_again(packs: Packs) -> None:
    line = transcript_line(SCRIPT.call, SCRIPT.transcript, packs, Limits())
    assert line.normalised[1].text == "我的年费是120元。"
    start, end = line.normalised[1].starts[5], line.normalised[1].ends[8]
    assert SCRIPT.transcript.turns[1].text[start:end] == "一百二十块钱"
    _, read = read_transcript_json(json.dumps(as_json(line)), name="c.json")
    assert read == SCRIPT.transcript
