"""Runs `qa` as its users do, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Ran(NamedTuple):
    """A finished command."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines() if line.strip()]


def qa(*arguments: str | Path, cwd: Path, lang: str = "en", timeout_s: float = 300) -> Ran:
    """`qa ARGUMENTS` in `cwd`, wide enough that no table is cut."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", "QA_LANG": lang}
    environment["PYTHONWARNINGS"] = "default"
    done = subprocess.run(
        [sys.executable, "-m", "qa", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
