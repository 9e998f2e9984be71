"""Site folders: settings, packs to edit, recordings and the database of one call centre."""

import hashlib
import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from qa.domain.keys import canonical_json
from qa.domain.text import Text
from qa.flow.metadata import ImportRules
from qa.flow.roster import read_roster
from qa.flow.shipped import shipped_packs, shipped_root
from qa.flow.site_template import CALLS_CSV, SETTINGS_YAML
from qa.settings import SiteSettings, read_settings
from transcribe.errors import CodedError
from transcribe.noun import Noun

SETTINGS, OURS = "settings.yaml", ".qa"
_SALT, _SHIPPED = f"{OURS}/salt", f"{OURS}/shipped.json"
_SALT_BYTES = 32  # as long as SHA-256's output, RFC 2104's advice for HMAC keys
_DIGESTS = TypeAdapter(dict[str, str])


@dataclass(frozen=True)
class Site:
    """A site folder and its settings; `folder` is absolute."""

    folder: Path
    settings: SiteSettings

    @property
    def recordings(self) -> Path:
        return self.folder / self.settings.recordings

    @property
    def copies(self) -> Path:
        """Copies of recordings in which private words cannot be heard."""
        return self.folder / OURS / "copies"

    @property
    def database_url(self) -> str:
        """The database's address; an SQLite path counts from the site folder."""
        scheme, _, path = self.settings.database.partition(":///")
        if not scheme.startswith("sqlite") or not path:
            return self.settings.database
        return f"{scheme}:///{self.folder / path}"

    def import_rules(self) -> ImportRules:
        """What importing needs. Raises QA833, QA836 and what `read_roster` raises."""
        roster = None
        if self.settings.roster is not None:
            path = self.folder / self.settings.roster
            if not path.is_file():
                raise CodedError("QA836", place=SETTINGS, field="roster", path=str(path))
            roster = read_roster(path)
        return ImportRules(self.recordings, self.settings.zone, self.salt(), roster)

    def salt(self) -> bytes:
        """The salt of the customers' hashes. Raises QA833; a lost one is never replaced."""
        path = self.folder / _SALT
        try:
            salt = bytes.fromhex(path.read_text("ascii").strip())
        except (OSError, ValueError) as error:
            raise CodedError("QA833", place=str(path), reason=_why(error)) from error
        if len(salt) != _SALT_BYTES:
            raise CodedError("QA833", place=str(path), reason=f"{len(salt)} bytes")
        return salt


class Drift(Noun):
    """A shipped pack file that is no longer what the site's copy was made from.

    updated: the copy is unedited and could be replaced. edited: both changed; compare them.
    new: shipped since. withdrawn: no longer shipped. removed: changed, but the site deleted it.
    """

    path: str
    kind: Literal["updated", "edited", "new", "withdrawn", "removed"]

    @property
    def text(self) -> Text:
        zh, en = _DRIFT[self.kind]
        return Text(zh=f"{self.path}：{zh}", en=f"{self.path}: {en}")


_DRIFT = {
    "updated": ("随附的文件有新版，本站的副本没有改过", "a newer one ships; yours is unedited"),
    "edited": ("随附的文件有新版，本站的副本改过，请对照", "a newer one ships; yours is edited"),
    "new": ("随附的新文件，本站还没有", "ships now; this site has none"),
    "withdrawn": ("不再随附", "ships no longer"),
    "removed": ("随附的文件有新版，本站已删除", "a newer one ships; this site deleted it"),
}


def init_site(folder: Path) -> Site:
    """A new site folder: settings, copies of the packs, recordings/, calls.csv, a salt.

    It is made beside its place and moved there whole. Raises QA830 when something of it exists
    already, QA831 when it cannot be written, QA834.
    """
    folder = Path(os.path.abspath(folder))
    shipped = shipped_packs(shipped_root())
    names = [SETTINGS, OURS, "rules", "scorecards", "recordings", "calls.csv"]
    existing = [name for name in names if (folder / name).exists()]
    if existing:
        raise CodedError("QA830", place=str(folder), names=", ".join(existing))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as held:
            _write(Path(held), shipped)
            for name in reversed(names):  # settings.yaml last: it makes the folder a site
                (Path(held) / name).rename(folder / name)
    except OSError as error:
        raise CodedError("QA831", place=str(folder), reason=_why(error)) from error
    return Site(folder, read_settings(folder / SETTINGS))


def find_site(option: str | Path | None, cwd: Path) -> Site | None:
    """The site that `--site` names, else the current folder if it is one, else None.

    Raises QA832 when the named folder is none, and what `read_settings` raises.
    """
    folder = Path(os.path.abspath(cwd / option if option else cwd))
    missing = [name for name in (SETTINGS, OURS) if not (folder / name).exists()]
    if not missing:
        return Site(folder, read_settings(folder / SETTINGS))
    if option:
        raise CodedError("QA832", place=str(folder), missing=", ".join(missing))
    return None


def site_drift(site: Site) -> tuple[Drift, ...]:
    """Where the shipped packs moved on since the site's copies were made, by path."""
    made_from = _digests(site)
    shipped = {path: _digest(file) for path, file in shipped_packs(shipped_root()).items()}
    here = {path: _digest(file) for path, file in shipped_packs(site.folder).items()}
    found = []
    for path in sorted(made_from.keys() | shipped.keys()):
        was, ships, has = made_from.get(path), shipped.get(path), here.get(path)
        if ships in (was, has):
            continue
        kind = "edited"
        if ships is None:
            kind = "withdrawn"
        elif was is None and has is None:
            kind = "new"
        elif has is None:
            kind = "removed"
        elif has == was:
            kind = "updated"
        found.append(Drift.model_validate({"path": path, "kind": kind}))
    return tuple(found)


def refresh_site(site: Site) -> tuple[Drift, ...]:
    """The drift that was taken over: new files, and newer ones whose copies are unedited.

    Edited, deleted and withdrawn files stay as they are.
    """
    root, made_from = shipped_root(), _digests(site)
    taken = tuple(one for one in site_drift(site) if one.kind in ("updated", "new"))
    for one in taken:
        target = site.folder / one.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / one.path, target)
        made_from[one.path] = _digest(target)
    (site.folder / _SHIPPED).write_text(canonical_json(made_from), "utf-8")
    return taken


def _write(folder: Path, shipped: dict[str, Path]) -> None:
    """The whole site into an empty folder."""
    for path, source in shipped.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    (folder / "recordings").mkdir()
    (folder / "calls.csv").write_text(CALLS_CSV, "utf-8-sig")  # the mark is for Excel
    (folder / OURS).mkdir()
    digests = {path: _digest(source) for path, source in shipped.items()}
    (folder / _SHIPPED).write_text(canonical_json(digests), "utf-8")
    salt = os.open(folder / _SALT, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(salt, "w") as file:
        file.write(secrets.token_hex(_SALT_BYTES) + "\n")
    (folder / SETTINGS).write_text(SETTINGS_YAML, "utf-8")


def _digests(site: Site) -> dict[str, str]:
    path = site.folder / _SHIPPED
    try:
        return _DIGESTS.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise CodedError("QA835", place=str(path), reason=_why(error)) from error


def _digest(path: Path) -> str:
    """sha256 of a text file, whatever its line ends: editors change them unasked."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return " ".join(str(error).split())[:200]
