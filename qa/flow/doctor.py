"""`qa doctor`: whether this machine can do the work, part by part, with the cure."""

import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from qa.domain.text import Text
from qa.errors import CATALOGUE
from qa.flow.check import check
from qa.flow.opened import open_site
from qa.flow.workers import default_workers
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun
from transcribe.plugins import find_recogniser
from transcribe.settings import TranscribeSettings
from transcribe.weights import find_model

PACKAGES = (
    "faster-whisper", "ctranslate2", "av", "spacy", "durable-rules", "sqlmodel", "pydantic",
)  # fmt: skip
WORKER_GB = 1.2  # memory of one worker with the base model (the goal of the transcription issue)
FREE_DISK_GB = 1.0  # guess: joined weights and a database of some thousand calls


class Look(Noun):
    """One thing looked at. note: it works, and somebody should know."""

    what: Text
    state: Literal["good", "note", "wrong"]
    text: Text


def look_around(site: str | None) -> tuple[Look, ...]:
    """Every part of the installation, in the order in which the work needs them."""
    looks = [_python(), *(_package(name) for name in PACKAGES), _machine(), _disk()]
    looks.append(_tried("模型权重", "model weights", lambda: _weights(site)))
    looks.append(_tried("规则包", "packs", lambda: _packs(site)))
    looks.append(_tried("站点", "site", lambda: _site(site)))
    return tuple(looks)


def _good(zh: str, en: str, text_zh: str, text_en: str | None = None) -> Look:
    return Look(what=Text(zh=zh, en=en), state="good", text=Text(zh=text_zh, en=text_en or text_zh))


def _tried(zh: str, en: str, look: Callable[[], Look]) -> Look:
    """The look, or the coded error it met."""
    try:
        return look()
    except (CodedError, CodedErrors) as error:
        first = error.errors[0] if isinstance(error, CodedErrors) else error
        texts = [
            f"[{first.code}] {first.place} {first.text(lang, CATALOGUE)}" for lang in ("zh", "en")
        ]
        return Look(what=Text(zh=zh, en=en), state="wrong", text=Text(zh=texts[0], en=texts[1]))


def _python() -> Look:
    version = platform.python_version()
    fit = (3, 11) <= sys.version_info[:2] <= (3, 12)
    return Look(
        what=Text(zh="Python", en="Python"),
        state="good" if fit else "wrong",
        text=Text(
            zh=version if fit else f"{version}：需要 3.11 或 3.12",
            en=version if fit else f"{version}: 3.11 or 3.12 is needed",
        ),
    )


def _package(name: str) -> Look:
    try:
        return _good(name, name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Look(
            what=Text(zh=name, en=name),
            state="wrong",
            text=Text(zh=f"没有安装：pip install {name}", en=f"not installed: pip install {name}"),
        )


def _machine() -> Look:
    workers = default_workers()
    memory_gb = _memory_gb()
    enough = memory_gb is None or memory_gb >= workers * WORKER_GB
    shown = "?" if memory_gb is None else f"{memory_gb:.0f}"
    fits = workers if memory_gb is None else max(1, int(memory_gb // WORKER_GB))
    return Look(
        what=Text(zh="处理器和内存", en="cores and memory"),
        state="good" if enough else "note",
        text=Text(
            zh=f"{workers} 核，{shown} GB"
            + ("" if enough else f"；内存只够 {fits} 个进程，请用 --workers {fits}"),
            en=f"{workers} cores, {shown} GB"
            + ("" if enough else f"; enough for {fits} workers only, use --workers {fits}"),
        ),
    )


def _memory_gb() -> float | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    except (ValueError, OSError, AttributeError):
        return None


def _disk() -> Look:
    free_gb = shutil.disk_usage(Path.cwd()).free / 1e9
    return Look(
        what=Text(zh="磁盘空间", en="free disk"),
        state="good" if free_gb >= FREE_DISK_GB else "note",
        text=Text(zh=f"{free_gb:.1f} GB 可用", en=f"{free_gb:.1f} GB free"),
    )


def _weights(site: str | None) -> Look:
    settings: TranscribeSettings = open_site(site).transcribe_settings()
    if settings.recogniser != "whisper":
        find_recogniser(settings.recogniser)
        return _good("识别器", "recogniser", settings.recogniser)
    model = find_model(settings, allow_hub=False)
    shown = f"{settings.model}: {model.path} (sha256 {model.sha256[:12]}…)"
    return _good("模型权重", "model weights", shown)


def _packs(site: str | None) -> Look:
    opened = open_site(site)
    _, checked = check(opened.root, name=opened.place)
    return _good(
        "规则包",
        "packs",
        f"{checked.rules} 条规则，{checked.cases} 个用例全部通过",
        f"{checked.rules} rules, all {checked.cases} cases pass",
    )


def _site(site: str | None) -> Look:
    opened = open_site(site)
    if opened.site is None:
        return Look(
            what=Text(zh="站点", en="site"),
            state="note",
            text=Text(
                zh="这里不是站点文件夹；`qa init 文件夹` 可以建一个",
                en="this is no site folder; `qa init DIR` makes one",
            ),
        )
    with opened.store as store:
        calls = len(store.calls())
    return _good(
        "站点",
        "site",
        f"{opened.site.folder}，{calls} 通通话",
        f"{opened.site.folder}, {calls} calls",
    )
