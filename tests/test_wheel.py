"""The wheel: two import names, the packs inside, and a `qa` that works from an empty folder."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = [pytest.mark.wheel, pytest.mark.slow]

CALL = """# 开头没有问候   language: zh   channels: 2
00:01.0-00:02.0 csr: 说
00:02.5-00:05.0 customer: 我想查一下我的订单
00:05.5-00:08.0 csr: 明天送到，再见
"""


def _run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command's outcome, away from the checkout: nothing of it may be on the path."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "QA"))}
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the tools of this environment: no network is asked."""
    folder = tmp_path_factory.mktemp("wheel")
    built = _run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT,
        folder=folder,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_only_two_import_names(names: list[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"qa", "transcribe"}


@pytest.mark.parametrize("folder", ["rules", "scorecards", "demo"])
def test_what_people_edit_is_inside(folder: str, names: list[str]) -> None:
    source = {f"qa/shipped/{path.relative_to(ROOT).as_posix()}" for path in _shipped(folder)}
    inside = {name for name in names if name.startswith(f"qa/shipped/{folder}/")}
    assert source
    assert inside == source


def _shipped(folder: str) -> Iterator[Path]:
    if folder != "demo":
        yield from (path for path in (ROOT / folder).rglob("*") if path.is_file())
        return
    yield ROOT / "demo" / "calls.csv"
    for part in ("recordings", "scripts"):
        yield from (path for path in (ROOT / "demo" / part).rglob("*") if path.is_file())


def test_every_module_and_migration_is_inside(names: list[str]) -> None:
    source = {
        path.relative_to(ROOT).as_posix()
        for package in ("qa", "transcribe")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc" and "shipped" not in path.parts
    }
    assert source - set(names) == set()


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a new environment that holds the wheel, and sees what ours has
    installed but not our checkout."""
    folder = tmp_path_factory.mktemp("environment")
    venv = folder / "venv"
    made = _run(sys.executable, "-m", "venv", "--without-pip", venv, folder=folder)
    assert made.returncode == 0, made.stderr
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(venv)}))
    put = _run(
        sys.executable, "-m", "pip", "--python", venv / "bin" / "python",
        "install", "--quiet", "--no-deps", "--no-index", wheel,
        folder=folder,
    )  # fmt: skip
    assert put.returncode == 0, put.stderr
    # A line that is a folder joins the path without reading that folder's own .pth files,
    # so the editable install of the checkout stays out of sight.
    (site / "parts.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return venv / "bin"


def test_the_installed_code_runs_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    seen = _run(
        installed / "python",
        "-c",
        "import qa, transcribe; print(qa.__file__); print(transcribe.__file__)",
        folder=tmp_path,
    )
    assert seen.returncode == 0, seen.stderr
    assert all(line.startswith(str(installed.parent)) for line in seen.stdout.splitlines())


def test_help(installed: Path, tmp_path: Path) -> None:
    done = _run(installed / "qa", "--help", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "judge" in done.stdout


def test_check_finds_the_packs(installed: Path, tmp_path: Path) -> None:
    done = _run(installed / "qa", "check", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_judge_a_script(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "1.call").write_text(CALL, "utf-8")
    done = _run(installed / "qa", "judge", "1.call", "--json", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    (line,) = done.stdout.splitlines()
    verdicts = {finding["rule_id"]: finding["verdict"] for finding in json.loads(line)["findings"]}
    assert verdicts["OPEN-001"] == "not_met"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.call"], "nothing is left behind"
