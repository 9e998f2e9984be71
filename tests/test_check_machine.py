"""`.ci/check_machine.sh`: what is missing is named, with the one line that installs all of it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "check_machine.sh"
NEEDED_BY_THE_SCRIPT = ("sh", "cut", "id", "printf")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder for PATH that holds what every machine has, and apt-get, and nothing else."""
    for name in NEEDED_BY_THE_SCRIPT:
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    _program(tmp_path / "apt-get", "exit 0")
    _program(tmp_path / "apt-cache", "exit 1")
    return tmp_path


def _program(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(0o755)


def _python(path: Path, version: str, *, include: Path | None = None, venv: bool = True) -> None:
    """A program that answers as a Python of this version would."""
    _program(
        path,
        'case "$2" in *ensurepip*) exit '
        + ("0" if venv else "1")
        + f';; *) echo "{version} cpython cc {include or "/nowhere"}";; esac',
    )


def _with_compiler(folder: Path) -> None:
    for name in ("cc", "make"):
        _program(folder / name, "exit 0")


def _check(folder: Path, **more: str) -> tuple[int, str, str]:
    done = subprocess.run(
        ["sh", SCRIPT],
        env={"PATH": str(folder), "HOME": str(folder), "LANG": "C", **more},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.strip(), done.stderr


def _fit(folder: Path, name: str = "python3.11") -> Path:
    headers = folder / "include"
    headers.mkdir(exist_ok=True)
    (headers / "Python.h").touch()
    _python(folder / name, f"{name.removeprefix('python')}.9", include=headers)
    return folder / name


def test_this_machine_is_fit() -> None:
    code, chosen, said = _check(Path(os.environ["PATH"]), PYTHON=sys.executable)
    assert (code, said) == (0, "")
    assert chosen == sys.executable


def test_a_fit_machine(bare: Path) -> None:
    _with_compiler(bare)
    wanted = _fit(bare)
    assert _check(bare) == (0, str(wanted), "")


def test_a_python_with_headers_goes_before_a_newer_one_without(bare: Path) -> None:
    _with_compiler(bare)
    wanted = _fit(bare)
    _python(bare / "python3.12", "3.12.1")
    assert _check(bare) == (0, str(wanted), "")


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("3.13.0", "durable-rules 2.0.28 fails to import on 3.13"),
        ("3.14.2", "durable-rules 2.0.28 fails to import on 3.13"),
        ("3.10.12", "3.11 or 3.12 is needed"),
        ("2.7.18", "3.11 or 3.12 is needed"),
    ],
)
def test_an_unfit_python_is_named(version: str, why: str, bare: Path) -> None:
    _with_compiler(bare)
    _python(bare / "python3", version)
    code, chosen, said = _check(bare)
    assert (code, chosen) == (1, "")
    assert f"{bare / 'python3'} is Python {version}" in said
    assert why in said


def test_everything_missing_is_one_line(bare: Path) -> None:
    _python(bare / "python3.12", "3.12.3", venv=False)
    code, _, said = _check(bare)
    assert code == 1
    lines = [line.strip() for line in said.splitlines() if "apt-get install" in line]
    assert len(lines) == 1
    assert lines[0].endswith("-y python3.12-venv python3.12-dev gcc libc6-dev make")


def test_a_compiler_without_headers_is_none(bare: Path) -> None:
    _with_compiler(bare)
    _fit(bare)
    _program(bare / "cc", "exit 1")
    code, _, said = _check(bare)
    assert code == 1
    assert "cannot compile the smallest program" in said
    assert "install -y gcc libc6-dev\n" in said


def test_a_python_that_was_asked_for_and_does_not_fit(bare: Path) -> None:
    _with_compiler(bare)
    fit = _fit(bare)
    _python(bare / "python3.13", "3.13.1")
    code, _, said = _check(bare, PYTHON="python3.13")
    assert code == 1
    assert "is Python 3.13.1, which does not fit" in said
    assert f"{fit}: leave out PYTHON=" in said


def test_a_python_that_is_not_there(bare: Path) -> None:
    code, _, said = _check(bare, PYTHON="/no/such/python")
    assert code == 1
    assert "PYTHON=/no/such/python: there is no such program" in said


def test_it_speaks_chinese(bare: Path) -> None:
    _python(bare / "python3", "3.13.0")
    code, _, said = _check(bare, LANG="zh_CN.UTF-8")
    assert code == 1
    assert "缺少：C 编译器" in said
