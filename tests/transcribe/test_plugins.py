"""Recognisers by entry point: found by name, held to the protocol, used for a whole recording."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.transcribe.sounds import silence, tone, write_wav
from transcribe import conformance
from transcribe.audio import load
from transcribe.conformance import broken_rules
from transcribe.errors import CodedError
from transcribe.plugins import find_recogniser
from transcribe.recognises import GROUP
from transcribe.recording import transcribe
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Language
from transcribe.turns import Heard, HeardWord
from transcribe.windows import Window

SETTINGS = TranscribeSettings()
Samples = NDArray[np.float32]
PLUGIN = """
from tests.transcribe.test_plugins import Loud

class Plugin:
    def identity(self, settings, recording):
        return "loud 1"

    def open(self, settings):
        return Loud()

class NoPlugin:
    pass
"""


class Loud:
    """Hears one word wherever it is loud."""

    made_by: Mapping[str, str] = {"model": "loud"}

    def speech_probabilities(self, channel: Samples) -> Samples:
        padded = np.pad(channel, (0, -channel.size % 512)).reshape(-1, 512)
        return (np.abs(padded).max(axis=1) > 0.01).astype(np.float32)

    def language_shares(self, sounds: Sequence[Samples]) -> dict[str, float]:
        return {"en": 1.0}

    def check_language(self, language: Language) -> None:
        if language != "en":
            raise CodedError("QA726", language=language)

    def hear(
        self, samples: Samples, channel: int, windows: Sequence[Window], language: Language
    ) -> Heard:
        words = [HeardWord(channel, *w.real_times(0.0, 0.5), " loud", 0.8) for w in windows]
        return Heard(tuple(words), True)


@pytest.fixture
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with three entry points, as pip would lay it down."""
    package = tmp_path / "loud_recogniser.py"
    package.write_text(PLUGIN)
    metadata = tmp_path / "loud_recogniser-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: loud-recogniser\nVersion: 1.0")
    (metadata / "entry_points.txt").write_text(
        f"[{GROUP}]\nloud = loud_recogniser:Plugin\nempty = loud_recogniser:NoPlugin\n"
        "gone = loud_recogniser_gone:Plugin\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "loud_recogniser", raising=False)


@pytest.fixture
def call(tmp_path: Path) -> Path:
    left = np.concatenate([silence(1), tone(1), silence(3)])
    return write_wav(tmp_path / "call.wav", left, np.concatenate([silence(3), tone(1), silence(1)]))


@pytest.mark.usefixtures("_installed")
def test_an_installed_recogniser_is_used_by_its_name(call: Path) -> None:
    plugin = find_recogniser("loud")
    made = transcribe(
        call, SETTINGS, recogniser=plugin.open(SETTINGS), channels=("csr", "customer")
    )
    assert [(t.speaker, t.text, round(t.start_s)) for t in made.turns] == [
        ("csr", "loud", 1), ("customer", "loud", 3),
    ]  # fmt: skip
    assert made.made_by["model"] == "loud"
    assert broken_rules(plugin, SETTINGS, call, load(call, SETTINGS).samples) == []


@pytest.mark.usefixtures("_installed")
def test_an_unknown_name_is_told_with_those_there_are() -> None:
    with pytest.raises(CodedError) as caught:
        find_recogniser("lout")
    assert caught.value.code == "QA728"
    assert caught.value.values["options"] == "whisper, sidecar, empty, gone, loud"


@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize(
    ("name", "seen"), [("gone", "ModuleNotFoundError"), ("empty", "no identity, open")]
)
def test_a_plugin_that_does_not_load(name: str, seen: str) -> None:
    with pytest.raises(CodedError) as caught:
        find_recogniser(name)
    assert caught.value.code == "QA729"
    assert seen in str(caught.value.values["seen"])


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"made_by": {"version": 1}}, "made_by maps texts to texts"),
        ({"made_by": {}}, 'made_by names its "model"'),
        ({"speech_probabilities": lambda s, c: np.ones(3)}, "speech_probabilities gives"),
        ({"speech_probabilities": lambda s, c: np.ones(-(-c.size // 512))}, "digital silence"),
        ({"speech_probabilities": lambda s, c: np.full(-(-c.size // 512), 2.0)}, "between 0 and 1"),
        ({"language_shares": lambda s, x: {"en": 0.9, "zh": 0.9}}, "add up to 1"),
        ({"check_language": lambda s, x: 1 / 0}, "CodedErrors only"),
        ({"words": [(1, 0.0, 1.0, "a", 0.5)]}, "the channel that was asked for"),
        ({"words": [(0, 0.0, 1.0, " ", 0.5)]}, "has a text"),
        ({"words": [(0, 0.0, 1.0, "a", 1.5)]}, "probability"),
        ({"words": [(0, 2.0, 1.0, "a", 0.5)]}, "begins before it ends"),
        ({"words": [(0, 2.0, 99.0, "a", 0.5)]}, "within the recording"),
        ({"words": [(0, 2.0, 2.1, "a", 0.5), (0, 1.0, 1.1, "b", 0.5)]}, "in the order"),
        ({"words": [(0, 1.0, 1.1, "a", 0.5)]}, "no windows, no words"),
    ],
)
def test_each_broken_rule_is_named(call: Path, changes: dict[str, Any], broken: str) -> None:
    words = changes.pop("words", None)
    if words is not None:
        said = Heard(tuple(HeardWord(*word) for word in words), True)
        changes = {"hear": lambda *_: said}
    made = type("Wrong", (Loud,), changes)()

    class Plugin:
        def identity(self, settings: TranscribeSettings, recording: Path) -> str:
            return "wrong"

        def open(self, settings: TranscribeSettings) -> Any:
            return made

    samples = load(call, SETTINGS).samples[:1]
    assert any(broken in rule for rule in broken_rules(Plugin(), SETTINGS, call, samples))


@pytest.mark.usefixtures("_installed")
def test_the_command_tells_what_is_broken(capsys: pytest.CaptureFixture[str]) -> None:
    assert conformance.main(["sidecar"]) == 0
    assert conformance.main(["loud"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "loud: 0 rules broken"
    assert conformance.main(["nope"]) == 2
    assert "whisper, sidecar" in capsys.readouterr().err
    assert conformance.main([]) == 2
