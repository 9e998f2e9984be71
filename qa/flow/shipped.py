"""Where the packs and the demo that we ship lie: in the wheel, or in a checkout."""

from pathlib import Path

import qa
from transcribe.errors import CodedError


def shipped_root() -> Path:
    """The folder that holds `rules`, `scorecards` and `demo`.

    In a wheel that is `qa/shipped`, in a checkout the repository's root. Raises QA834 when
    neither holds packs.
    """
    package = Path(qa.__file__).resolve().parent
    for root in (package / "shipped", package.parent):
        if (root / "rules").is_dir() and (root / "scorecards").is_dir():
            return root
    raise CodedError("QA834", place=str(package))


def shipped_packs(root: Path) -> dict[str, Path]:
    """Every pack file under the root, by its path from there with forward slashes, sorted."""
    found = [
        path
        for folder in ("rules", "scorecards")
        for path in (root / folder).rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.parts[-3:])
    ]
    return {path.relative_to(root).as_posix(): path for path in sorted(found)}
