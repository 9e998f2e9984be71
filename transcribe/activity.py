"""谁在何时出声: voiced spans with their level on each channel, and lasting sound like music."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from transcribe.decoding import RATE_HZ
from transcribe.echoes import without_echoes
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Activity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.float32]  # dBFS of each 10 ms

HOP_S = 0.01
PROBABILITY_HOP_S = 0.032  # Silero judges 512 samples at 16 kHz

_FLOOR_DBFS = -90.0  # under every telephone line's noise; digital silence counts as this
_FLOOR_QUANTILE = 0.1  # a tenth of any call is pause (guess)
_OVER_FLOOR_DB = 6.0  # speech starts and ends where it rises so far over the floor (guess)
_HYSTERESIS = 0.15  # Silero's own: a span ends when the probability falls so far under the limit
_EDGE_REACH_S = 0.35  # an edge is looked for so far around Silero's (its lag is 0.03-0.3, measured)
_SUSTAINED_HOPS = 3  # clicks are shorter (guess)
_SMOOTH_HOPS = 25  # 0.25 s, over which two channels' levels are compared
_SOUND_SMOOTH_HOPS = 50  # 0.5 s, so that beats of music do not part it
_SOUND_JOIN_S = 1.0  # rests in music are shorter (guess)
_SOUND_SPEECH_SHARE = 0.6  # a stretch with more voiced time is talk over noise, not music (guess)
_SOUND_MIN_DBFS = -50.0  # below it a lasting sound is line noise (guess; music is at -35 to -15)


class Stretch(NamedTuple):
    """Hops [start, end) of 10 ms."""

    start: int
    end: int


def find_activity(
    samples: "NDArray[np.float32]",
    probabilities: "Sequence[NDArray[np.float32]]",
    settings: TranscribeSettings,
) -> tuple[Activity, ...]:
    """Speech and lasting sound of all channels, sorted by start.

    samples: float32 [channels, samples] at 16 000 Hz.
    probabilities: for each channel, how likely each 32 ms are speech (Silero).
    A span on a channel that is only the other side leaking over is no activity.
    """
    levels = [hop_levels(channel) for channel in samples]
    found: list[Activity] = []
    for channel, own in enumerate(levels):
        chances = _per_hop(probabilities[channel], own.size)
        for at, other in enumerate(levels):
            if at != channel:
                apart_db = _smooth(other, _SMOOTH_HOPS) - _smooth(own, _SMOOTH_HOPS)
                chances = _without_leak(chances, apart_db, settings.crosstalk_margin_db)
                chances = without_echoes(chances, samples[channel], samples[at], apart_db)
        floor_dbfs = noise_floor(own)
        speech = [
            span
            for raw in _hysteresis(chances, settings)
            if (span := _refined(raw, own, floor_dbfs, settings)) is not None
        ]
        speech = _disjoint(speech)
        sounds = _sounds(own, floor_dbfs, speech, settings)
        for other in (level for at, level in enumerate(levels) if at != channel):
            sounds = [s for s in sounds if not _leaks(s, own, other, settings)]
        speech = [s for s in speech if not _is_inside(s, sounds)]
        limit_s = samples.shape[1] / RATE_HZ
        found += [_activity(channel, "speech", s, own, limit_s) for s in speech]
        found += [_activity(channel, "sound", s, own, limit_s) for s in sounds]
    return tuple(sorted(found, key=lambda a: (a.start_s, a.channel, a.kind)))


def hop_levels(channel: "NDArray[np.float32]") -> "Levels":
    """RMS level in dBFS of each 10 ms; the last hop may be shorter. Never below -90."""
    import numpy as np

    hop = round(RATE_HZ * HOP_S)
    levels = np.empty(-(-channel.size // hop), dtype=np.float32)
    step = hop * 8192
    for block_at, at in enumerate(range(0, channel.size, step)):
        block = channel[at : at + step]
        block = np.pad(block, (0, -block.size % hop)).reshape(-1, hop)
        power = np.einsum("ij,ij->i", block, block) / hop
        levels[block_at * 8192 : block_at * 8192 + len(block)] = 10 * np.log10(power + 1e-12)
    np.maximum(levels, np.float32(_FLOOR_DBFS), out=levels)
    return levels


def noise_floor(levels: "Levels") -> float:
    """The level in dBFS that a channel falls back to when nothing happens."""
    import numpy as np

    return float(np.quantile(levels, _FLOOR_QUANTILE)) if levels.size else _FLOOR_DBFS


def _per_hop(chances: "NDArray[np.float32]", hops: int) -> "NDArray[np.float32]":
    """The probability at each 10 ms."""
    import numpy as np

    if not chances.size:
        return np.zeros(hops, dtype=np.float32)
    at = np.minimum(
        (np.arange(hops) * HOP_S / PROBABILITY_HOP_S).astype(np.int64), chances.size - 1
    )
    return np.asarray(chances[at], dtype=np.float32)


def _smooth(levels: "Levels", hops: int) -> "Levels":
    """Mean power over `hops`, in dBFS."""
    import numpy as np

    power = np.power(10.0, levels / 10)
    padded = np.pad(power, (hops // 2, hops - 1 - hops // 2), mode="edge")
    sums = np.cumsum(np.concatenate(([0.0], padded)))
    mean = (sums[hops:] - sums[:-hops]) / hops
    return np.asarray(10 * np.log10(np.maximum(mean, 1e-12)), dtype=np.float32)


def _without_leak(
    chances: "NDArray[np.float32]", apart_db: "Levels", margin_db: float
) -> "NDArray[np.float32]":
    """The probabilities, zero where the other channel is louder by the margin."""
    import numpy as np

    return np.where(apart_db > margin_db, np.float32(0), chances)


def _leaks(stretch: Stretch, own: "Levels", other: "Levels", settings: TranscribeSettings) -> bool:
    """True when the other channel is louder by the margin for most of a stretch."""
    import numpy as np

    apart = other[stretch.start : stretch.end] - own[stretch.start : stretch.end]
    return bool(np.median(apart) > settings.crosstalk_margin_db)


def _hysteresis(chances: "NDArray[np.float32]", settings: TranscribeSettings) -> list[Stretch]:
    """Stretches that begin over the limit and end under it for long enough (Silero's rule)."""
    low = max(settings.vad_threshold - _HYSTERESIS, 0.01)
    patience = settings.vad_min_silence_ms / 1000 / HOP_S
    shortest = settings.vad_min_speech_ms / 1000 / HOP_S
    found: list[Stretch] = []
    start: int | None = None
    quiet: int | None = None
    for at, chance in enumerate(chances.tolist()):
        if chance >= settings.vad_threshold:
            start = at if start is None else start
            quiet = None
        elif start is not None and chance < low:
            quiet = at if quiet is None else quiet
            if at - quiet >= patience:
                found.append(Stretch(start, quiet))
                start = quiet = None
    if start is not None:
        found.append(Stretch(start, len(chances) if quiet is None else quiet))
    return [span for span in found if span.end - span.start >= shortest]


def _refined(
    raw: Stretch, levels: "Levels", floor_dbfs: float, settings: TranscribeSettings
) -> Stretch | None:
    """The stretch with its edges where the sound really starts and ends; None for no sound."""
    import numpy as np

    loud_dbfs = float(np.quantile(levels[raw.start : raw.end], 0.9))
    limit_dbfs = max(floor_dbfs + _OVER_FLOOR_DB, loud_dbfs - settings.edge_below_peak_db)
    reach = round(_EDGE_REACH_S / HOP_S)
    first, last = max(0, raw.start - reach), min(levels.size, raw.end + reach)
    above = levels[first:last] > limit_dbfs
    runs = np.convolve(above, np.ones(_SUSTAINED_HOPS), mode="valid") >= _SUSTAINED_HOPS
    hits = np.flatnonzero(runs)
    if not hits.size:
        return None
    start = _edge(hits, raw.start - first, reach)
    end = (
        runs.size - 1 - _edge(runs.size - 1 - hits[::-1], runs.size - 1 - (raw.end - first), reach)
    )
    end += _SUSTAINED_HOPS
    return Stretch(first + start, first + end) if end > start else None


def _edge(hits: "NDArray[np.int64]", told: int, reach: int) -> int:
    """The start of the sound run nearest before or at the told edge, else the next after it.

    hits: ascending hops at which sound is sustained; told: where Silero put the edge.
    """
    import numpy as np

    at = int(np.searchsorted(hits, told, side="right")) - 1
    if at < 0 or told - int(hits[at]) > 3:  # silence at the told edge: sound starts later
        later = int(hits[min(at + 1, hits.size - 1)])
        return later if later - told <= reach else max(told, 0)
    while at > 0 and int(hits[at]) - int(hits[at - 1]) <= 8:  # 80 ms: stops within a word
        at -= 1
    return int(hits[at])


def _disjoint(spans: Sequence[Stretch]) -> list[Stretch]:
    """Spans in order, touching and overlapping ones as one."""
    joined: list[Stretch] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Stretch(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _sounds(
    levels: "Levels", floor_dbfs: float, speech: Sequence[Stretch], settings: TranscribeSettings
) -> list[Stretch]:
    """Lasting stretches of sound in which little is speech."""
    import numpy as np

    limit_dbfs = max(floor_dbfs + settings.sound_above_floor_db, _SOUND_MIN_DBFS)
    voiced = np.zeros(levels.size, dtype=bool)
    for span in speech:
        voiced[span.start : span.end] = True
    quiet = np.where(voiced, np.float32(_FLOOR_DBFS), levels)
    loud = _smooth(quiet, _SOUND_SMOOTH_HOPS) > limit_dbfs
    edges = np.flatnonzero(np.diff(np.concatenate(([False], loud, [False])).astype(np.int8)))
    found: list[Stretch] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if found and (start - found[-1].end) * HOP_S <= _SOUND_JOIN_S:
            found[-1] = Stretch(found[-1].start, end)
        else:
            found.append(Stretch(start, end))
    half = _SOUND_SMOOTH_HOPS // 2
    kept = []
    for span in found:
        inner = Stretch(span.start + half, span.end - half)
        inner = _trimmed(inner, levels, limit_dbfs, reach=2 * half)
        share = float(voiced[inner.start : inner.end].mean()) if inner.end > inner.start else 1.0
        long_enough = (inner.end - inner.start) * HOP_S >= settings.sound_min_s
        if long_enough and share < _SOUND_SPEECH_SHARE:
            kept.append(inner)
    return kept


def _trimmed(span: Stretch, levels: "Levels", limit_dbfs: float, *, reach: int) -> Stretch:
    """The span from its first to its last loud hop, looked for a little around it."""
    import numpy as np

    first, last = max(0, span.start - reach), min(levels.size, span.end + reach)
    hits = np.flatnonzero(levels[first:last] > limit_dbfs)
    return Stretch(first + int(hits[0]), first + int(hits[-1]) + 1) if hits.size else span


def _is_inside(span: Stretch, sounds: Sequence[Stretch]) -> bool:
    """True for what was taken for speech in the midst of music."""
    return any(s.start <= span.start and span.end <= s.end for s in sounds)


def _activity(
    channel: int,
    kind: Literal["speech", "sound"],
    span: Stretch,
    levels: "Levels",
    limit_s: float,
) -> Activity:
    import numpy as np

    power = np.power(10.0, levels[span.start : span.end] / 10)
    return Activity(
        start_s=round(span.start * HOP_S, 3),
        end_s=round(min(span.end * HOP_S, limit_s), 3),
        channel=channel,
        kind=kind,
        level_dbfs=round(float(10 * np.log10(power.mean())), 1),
    )
