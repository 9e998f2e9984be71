"""Calls built by hand for the tests of this room."""

from qa.domain.call import Call, CallEvent
from qa.domain.facts import Candidate, Fact, Facts
from qa.domain.limits import Limits
from qa.domain.patterns import Patterns, Phrase, WordList
from qa.domain.text import Text
from qa.facts.measure import measure
from transcribe.transcript import Activity, Language, Speaker, Transcript, Turn

Line = tuple[Speaker, float, float, str]


def call(**fields: object) -> Call:
    return Call.model_validate({"id": "call-1", "source": "call-1", **fields})


def hold(start_s: float, end_s: float | None) -> CallEvent:
    return CallEvent(kind="hold", start_s=start_s, end_s=end_s)


def words(kind: str, *phrases: str, language: Language = "zh", **fields: object) -> WordList:
    return WordList.model_validate(
        {
            "kind": kind,
            "language": language,
            "title": Text(zh=kind, en=kind),
            "phrases": phrases,
            **fields,
        }
    )


def patterns(
    *lists: WordList, language: Language = "zh", phrases: tuple[Phrase, ...] = ()
) -> Patterns:
    return Patterns(language=language, lists=lists, phrases=phrases, digest="test")


def transcript(
    *lines: Line,
    language: Language = "zh",
    duration_s: float | None = None,
    spoken: bool = True,
    sounds: tuple[tuple[int, float, float], ...] = (),
    **fields: object,
) -> Transcript:
    """Two channels, the CSR on 0; each turn is voiced from end to end unless `spoken` is false."""
    turns = tuple(Turn(speaker=who, start_s=a, end_s=b, text=text) for who, a, b, text in lines)
    activity = [
        Activity(start_s=t.start_s, end_s=t.end_s, channel=int(t.speaker == "customer"))
        for t in turns
        if spoken
    ]
    activity += [Activity(channel=c, start_s=a, end_s=b, kind="sound") for c, a, b in sounds]
    whole = {
        "language": language,
        "duration_s": duration_s or max((t.end_s for t in turns), default=0.0),
        "channels": 2,
        "turns": turns,
        "activity": tuple(activity),
        "channel_speakers": ("csr", "customer"),
        "speakers_by": "channel_map",
        **fields,
    }
    return Transcript.model_validate(whole)


def facts_of(
    heard: Transcript,
    found: Patterns | None = None,
    *,
    of: Call | None = None,
    limits: Limits | None = None,
) -> Facts:
    empty = patterns(language=heard.language)
    return measure(of or call(), heard, found or empty, limits or Limits())


def said(*texts: str, found: Patterns, speaker: Speaker = "csr") -> tuple[Fact, ...]:
    """Facts with a quote in turns of five seconds each, all of one speaker."""
    lines: list[Line] = [(speaker, 10.0 * i, 10.0 * i + 5, text) for i, text in enumerate(texts)]
    whole = facts_of(transcript(*lines, language=found.language), found)
    return tuple(fact for fact in whole.facts if fact.quote is not None)


def near(*texts: str, found: Patterns) -> tuple[Candidate, ...]:
    lines: list[Line] = [("csr", 10.0 * i, 10.0 * i + 5, text) for i, text in enumerate(texts)]
    return facts_of(transcript(*lines, language=found.language), found).candidates
