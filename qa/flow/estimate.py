"""How much of a run is done and how long the rest will take, by recorded seconds.

Calls differ in length by a factor of a hundred, so counting calls tells little. The length of a
call is what its metadata or its header says; what is left takes as long, second for second, as
what was transcribed in this run did.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from qa.domain.call import Call
from qa.flow.sides import files_of
from qa.store.store import Store
from transcribe.audio import probe
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings

# Lengths are read off so many headers; the rest are taken to be as long for their bytes (guess:
# 10 ms a header, one recorder's files are alike).
MOST_HEADERS = 50


@dataclass
class Estimate:
    """What is expected of a run; `lengths` in recorded seconds by call id, 0 for nothing to do."""

    lengths: dict[str, float] = field(default_factory=dict)
    transcribed_s: float = 0.0
    spent_s: float = 0.0

    @property
    def left_s(self) -> float:
        """Recorded seconds of the calls that were not reached yet."""
        return sum(self.lengths.values())

    @property
    def times_real_time(self) -> float | None:
        """Recorded seconds done in a second; None before the first is done."""
        return self.transcribed_s / self.spent_s if self.transcribed_s and self.spent_s else None

    @property
    def remaining_s(self) -> float | None:
        """Seconds until the end; None while nothing tells how fast it goes."""
        if not self.left_s:
            return 0.0
        speed = self.times_real_time
        return self.left_s / speed if speed else None

    def reached(self, call_id: str, *, transcribed_s: float, spent_s: float) -> None:
        """A call is done; transcribed_s and spent_s are the run's totals so far."""
        self.lengths.pop(call_id, None)
        self.transcribed_s, self.spent_s = transcribed_s, spent_s


def estimate(
    calls: Iterable[Call], recordings: Path, settings: TranscribeSettings, done: Iterable[str]
) -> Estimate:
    """The estimate at the start. done: ids of calls that have been graded; at most judged again.

    A file that cannot be read counts nothing: its error comes at once.
    """
    known = set(done)
    bytes_of: dict[str, int] = {}
    lengths: dict[str, float] = {}
    for call in calls:
        if call.id in known:
            continue
        try:
            files = files_of(call, recordings)
            bytes_of[call.id] = max((path.stat().st_size for path in files), default=0)
        except (OSError, CodedError):
            continue
        if call.duration_s:
            lengths[call.id] = call.duration_s
        elif len(lengths) < MOST_HEADERS and (told := _told(files[0], settings)):
            lengths[call.id] = told
    return Estimate(_by_size(lengths, bytes_of))


def graded_ids(store: Store) -> set[str]:
    """Calls that were graded or found ungradable: they are at most judged again, soon done."""
    ids = [one.call.id for one in store.latest_evaluations()]
    ids += [one.call_id for one in store.ungradable()]
    return {call_id.split("#")[0] for call_id in ids}  # parts of a transferred call


def _told(path: Path, settings: TranscribeSettings) -> float | None:
    """A recording's length by its header."""
    try:
        return probe(path, settings).duration_s
    except CodedError:
        return None


def _by_size(lengths: dict[str, float], bytes_of: dict[str, int]) -> dict[str, float]:
    """The lengths, and for the other files what their bytes make likely; 1 s without any."""
    told_bytes = sum(bytes_of.get(call_id, 0) for call_id in lengths)
    rate = sum(lengths.values()) / told_bytes if told_bytes else 0.0
    return {
        call_id: lengths.get(call_id) or max(1.0, size * rate) for call_id, size in bytes_of.items()
    }
