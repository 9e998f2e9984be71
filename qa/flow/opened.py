"""A site as commands use it: its packs, limits, settings, recordings and store."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.flow.kept_packs import kept_packs
from qa.flow.recordings import Privacy
from qa.flow.shipped import shipped_root
from qa.flow.site import OURS, Site, find_site
from qa.store.store import Store, open_store
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings


@dataclass(frozen=True)
class Opened:
    """A site folder, or the shipped packs without a database where there is none."""

    site: Site | None

    @property
    def root(self) -> Path:
        """The folder that holds rules/ and scorecards/."""
        return self.site.folder if self.site else shipped_root()

    @property
    def limits(self) -> Limits:
        return self.site.settings.limits if self.site else Limits()

    def packs(self) -> Packs:
        """The packs, compiled once so that what is wrong in them shows before any work.

        Raises CodedErrors of `load_packs`, `compile_rules` and the word lists' matcher.
        """
        from qa.facts.matcher import compiled  # what only reads packs needs none of these
        from qa.findings.compile import compile_rules
        from qa.findings.operators import OPERATORS
        from qa.packs.load import load_packs

        packs = load_packs(self.root, name=self.place)
        for patterns in packs.patterns:
            rules = [rule for rule in packs.rules if rule.language == patterns.language]
            given = [one for one in packs.derivations if one.language == patterns.language]
            compile_rules(rules, OPERATORS, derivations=given)
            compiled(patterns)
        return packs

    def packs_to_read(self) -> Packs:
        """The packs for views: as they were checked last where nothing changed since.

        Raises what `packs` raises.
        """
        if self.site is None:
            return self.packs()
        return kept_packs(self.root, self.site.folder / OURS / "packs.json", self.packs)

    @property
    def columns_file(self) -> Path | None:
        """Where the columns of graded calls are kept; none without a site."""
        return self.site.folder / OURS / "graded.columns" if self.site else None

    @property
    def place(self) -> str:
        """What stands before pack paths in messages."""
        return "" if self.site is None or self.site.folder == Path.cwd() else f"{self.root}/"

    def transcribe_settings(self, *, model: str | None = None) -> TranscribeSettings:
        """How recordings are transcribed; `model` overrides the site's.

        Raises what `packs` raises where their phrases are told to the recogniser.
        """
        if self.site is None:
            return TranscribeSettings(model=model) if model else TranscribeSettings()
        ours = self.site.settings
        return TranscribeSettings(
            model=model or ours.model,
            recogniser=ours.recogniser,
            hot_words=self._hot_words,
            mask_kinds=ours.mask_kinds,
            mask_keep_last_digits=ours.mask_keep_last_digits,
        )

    @property
    def _hot_words(self) -> tuple[str, ...]:
        ours = self.required.settings
        if not ours.hot_words_of_rules:
            return ours.hot_words
        from qa.flow.hot_phrases import with_phrases  # loads what finds words

        return with_phrases(ours.hot_words, self.packs())

    @property
    def privacy(self) -> Privacy:
        """What happens to the sound of private words; copies stand in the site's own folder."""
        if self.site is None:
            return Privacy()
        ours = self.site.settings
        return Privacy(self.site.copies, ours.audio_copy, ours.original_recordings)

    @property
    def required(self) -> Site:
        """The site. Raises QA852 where there is none."""
        if self.site is None:
            raise CodedError("QA852", place=str(Path.cwd()))
        return self.site

    @cached_property
    def store(self) -> Store:
        """The site's database, at this program's schema. Raises QA852, QA6xx."""
        return open_store(self.required.database_url)


def open_site(option: str | None) -> Opened:
    """The site named by `--site`, else the current folder if it is one, else none.

    Raises QA1xx for a folder that is no site or has wrong settings.
    """
    return Opened(find_site(option, Path.cwd()))
