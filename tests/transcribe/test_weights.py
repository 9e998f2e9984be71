"""Where a model is found, in what order, and what is refused; small files stand for weights."""

import hashlib
import json
import threading
from pathlib import Path

import pytest

from transcribe import weights
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings
from transcribe.weights import cache_folder, find_model

WHOLE = b"first half, " + b"second half"
SHA256 = hashlib.sha256(WHOLE).hexdigest()


@pytest.fixture(autouse=True)
def no_other_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)


def settings(model: str, sha256: str | None = SHA256) -> TranscribeSettings:
    pins = {} if sha256 is None else {model: sha256}
    return TranscribeSettings(model=model, model_sha256_pins=pins)


def folder(path: Path, whole: bytes = WHOLE) -> Path:
    path.mkdir(parents=True)
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (path / name).write_text("{}")
    (path / "model.bin").write_bytes(whole)
    return path


def package(site: Path, name: str, files: dict[str, bytes]) -> None:
    """A package as pip lays it out: files, and a record of them."""
    module = name.replace("-", "_")
    record = []
    for file, content in files.items():
        path = site / module / "data" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        record.append(f"{module}/data/{file},,")
    meta = site / f"{module}-1.0.0.dist-info"
    meta.mkdir()
    (meta / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n")
    (site / module / "__init__.py").write_text("raise AssertionError('its code was run')")
    (meta / "RECORD").write_text("\n".join([*record, f"{module}/__init__.py,,"]))


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Weights "toy" in two packages."""
    site = tmp_path / "site"
    package(
        site,
        "toy-part1",
        {
            "config.json": b"{}",
            "tokenizer.json": b"{}",
            "vocabulary.txt": b"a",
            "model.bin.part1": b"first half, ",
        },
    )
    package(site, "toy-part2", {"model.bin.part2": b"second half"})
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setitem(weights.WEIGHT_PACKAGES, "toy", ("toy-part1", "toy-part2"))
    return site


def code(wanted: TranscribeSettings) -> str:
    with pytest.raises(CodedError) as caught:
        find_model(wanted)
    return caught.value.code


def test_a_path_comes_first(tmp_path: Path, packages: Path) -> None:
    found = find_model(settings(str(folder(tmp_path / "mine", b"mine")), None))
    assert found.found == "path"
    assert found.sha256 == hashlib.sha256(b"mine").hexdigest()


def test_packages_are_joined_once_in_the_cache(packages: Path) -> None:
    found = find_model(settings("toy"))
    assert (found.found, found.sha256) == ("package", SHA256)
    model = Path(found.path)
    assert model.is_relative_to(cache_folder())
    assert (model / "model.bin").read_bytes() == WHOLE
    made_ns = (model / "model.bin").stat().st_mtime_ns
    assert find_model(settings("toy")) == found
    assert (model / "model.bin").stat().st_mtime_ns == made_ns
    assert [p.name for p in model.parent.iterdir()] == [model.name]


def test_packages_come_before_the_hub_cache(tmp_path: Path, packages: Path) -> None:
    hub_cache(tmp_path / "hub", "toy", b"from the hub")
    assert find_model(settings("toy")).found == "package"


def test_a_broken_joined_model_is_made_anew(packages: Path) -> None:
    model = Path(find_model(settings("toy")).path)
    (model / "model.bin").write_bytes(b"first ha")
    assert find_model(settings("toy")).sha256 == SHA256
    assert (model / "model.bin").read_bytes() == WHOLE


def test_workers_starting_together_see_one_whole_model(packages: Path) -> None:
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(find_model(settings("toy")))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert {(model.sha256, model.path) for model in found} == {(SHA256, found[0].path)}


def hub_cache(root: Path, name: str, whole: bytes) -> None:
    """The Hugging Face cache as the hub's client lays it out."""
    base = root / f"models--someone--{name}"
    folder(base / "snapshots" / "abc", whole)
    (base / "refs").mkdir()
    (base / "refs" / "main").write_text("abc")


def test_the_hub_cache_serves_names(tmp_path: Path) -> None:
    hub_cache(tmp_path / "hub", "tiny", WHOLE)
    found = find_model(settings("someone/tiny"))
    assert (found.found, found.sha256) == ("cache", SHA256)


def test_another_hash_is_refused(tmp_path: Path, packages: Path) -> None:
    assert code(settings("toy", "0" * 64)) == "QA721"
    hub_cache(tmp_path / "hub", "tiny", b"other")
    assert code(settings("someone/tiny")) == "QA721"


@pytest.mark.parametrize("missing", ["config.json", "model.bin", "vocabulary.txt"])
def test_a_folder_that_lacks_a_file(tmp_path: Path, missing: str) -> None:
    path = folder(tmp_path / "mine")
    (path / missing).unlink()
    with pytest.raises(CodedError) as caught:
        find_model(settings(str(path), None))
    assert caught.value.code == "QA722"
    assert missing in str(caught.value.values["missing"])


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert code(settings(str(tmp_path / "none"), None)) == "QA720"


def test_a_name_that_nobody_knows() -> None:
    assert code(settings("grand-model-9")) == "QA720"


def test_half_the_weights_package(packages: Path) -> None:
    for path in (packages / "toy_part2-1.0.0.dist-info").iterdir():
        path.unlink()
    (packages / "toy_part2-1.0.0.dist-info").rmdir()
    assert code(settings("toy")) == "QA723"


def test_a_package_without_its_part(packages: Path) -> None:
    (packages / "toy_part2" / "data" / "model.bin.part2").unlink()
    assert code(settings("toy")) == "QA723"


def test_the_hub_out_of_reach() -> None:
    assert code(settings("someone/small")) == "QA724"
    with pytest.raises(CodedError) as caught:
        find_model(settings("someone/small"), allow_hub=False)
    assert caught.value.code == "QA720"


def test_a_cache_that_cannot_be_written(
    tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert code(settings("toy")) == "QA727"


def test_the_pin_of_base_is_the_official_conversion() -> None:
    pins = json.loads(TranscribeSettings().model_dump_json())["model_sha256_pins"]
    assert pins["base"].startswith("d01c3014881c9c6f")
