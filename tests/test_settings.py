"""Settings: read, overridden by the environment, and every fault at its place."""

import string
from pathlib import Path

import pytest

from qa.domain.limits import Limits
from qa.flow.site_template import SETTINGS_YAML
from qa.settings import SiteSettings, read_settings
from qa.settings_error_texts import TEXTS
from transcribe.errors import CodedErrors


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("QA_")]:
        monkeypatch.delenv(name)


def read(folder: Path, text: str) -> SiteSettings:
    path = folder / "settings.yaml"
    path.write_text(text, "utf-8")
    return read_settings(path)


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(CodedErrors) as caught:
        read(folder, text)
    for error in caught.value.errors:
        assert error.text("zh", TEXTS) != error.text("en", TEXTS)
    return [f"{error.code} {error.place}" for error in caught.value.errors]


def test_the_template_is_the_defaults_and_names_every_setting(tmp_path: Path) -> None:
    assert read(tmp_path, SETTINGS_YAML) == SiteSettings()
    uncommented = SETTINGS_YAML.replace("\n# roster:", "\nroster:").replace(
        "\n# workers:", "\nworkers:"
    )
    uncommented = uncommented.replace("\n# on_duty:", "\non_duty:")
    uncommented = uncommented.replace("\n# limits:", "\nlimits:").replace("\n#   ", "\n  ")
    settings = read(tmp_path, uncommented)
    assert settings.limits == Limits()
    assert settings.model_fields_set == set(SiteSettings.model_fields)
    assert settings.limits.model_fields_set == set(Limits.model_fields)


def test_the_file_and_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "workers: 2\nlimits:\n  heard_share: 0.5\n  word_confidence: 0.2\n"
    assert read(tmp_path, text).workers == 2
    monkeypatch.setenv("QA_WORKERS", "8")
    monkeypatch.setenv("QA_LIMITS__HEARD_SHARE", "0.7")
    settings = read(tmp_path, text)
    assert settings.workers == 8
    assert (settings.limits.heard_share, settings.limits.word_confidence) == (0.7, 0.2)
    assert read(tmp_path, "").workers == 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("worker: 2\n", ["QA120 settings.yaml:1:1"]),
        ("limits:\n  heared_share: 0.5\n", ["QA120 settings.yaml:2:3"]),
        ("workers: 0\n", ["QA121 settings.yaml:1:1"]),
        ("workers: many\n", ["QA121 settings.yaml:1:1"]),
        ("time_zone: Mars/Base\n", ["QA121 settings.yaml:1:1"]),
        ("time_zone: ../../etc/passwd\n", ["QA121 settings.yaml:1:1"]),
        ("recordings: ''\n", ["QA121 settings.yaml:1:1"]),
        ("limits: 3\n", ["QA121 settings.yaml:1:1"]),
        ("limits:\n  heard_share: .nan\n", ["QA121 settings.yaml:2:3"]),
        (
            "workers: 0\nnope: 1\nlimits:\n  heard_share: 2\n",
            ["QA121 settings.yaml:1:1", "QA120 settings.yaml:2:1", "QA121 settings.yaml:4:3"],
        ),
        ("- a\n", ["QA123 settings.yaml:1:1"]),
        ("workers: 1\nworkers: 2\n", ["QA205 settings.yaml:2:1"]),
    ],
)
def test_every_fault_has_its_place(tmp_path: Path, text: str, expected: list[str]) -> None:
    if "QA205" in expected[0]:
        with pytest.raises(CodedErrors, match="QA205"):
            read(tmp_path, text)
    else:
        assert faults(tmp_path, text) == expected


def test_a_near_name_is_offered(tmp_path: Path) -> None:
    with pytest.raises(CodedErrors) as caught:
        read(tmp_path, "worker: 2\n")
    assert "workers?" in caught.value.errors[0].text("en", TEXTS)


def test_faults_of_the_environment_name_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_WORKERS", "none at all")
    assert faults(tmp_path, "workers: 2\n") == ["QA121 QA_WORKERS"]
    monkeypatch.delenv("QA_WORKERS")
    monkeypatch.setenv("QA_LIMITS", "{")
    assert faults(tmp_path, "") == ["QA122 environment"]


def test_a_password_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(CodedErrors) as caught:
        read(tmp_path, "database: [geheim]\n")
    assert "geheim" not in str(caught.value)


def test_every_text_has_the_same_placeholders_in_both_languages() -> None:
    for text in TEXTS.values():
        names = [
            {field for _, field, _, _ in string.Formatter().parse(side) if field} for side in text
        ]
        assert names[0] == names[1]
