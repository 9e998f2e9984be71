"""Topics of calls: `rules/topics/zh.yaml` and `rules/topics/en.yaml`."""

from pathlib import Path

from qa.domain.contacts import OTHER, Topic
from qa.packs.nouns import Source, build
from qa.packs.yaml_reader import read_plain
from transcribe.errors import CodedError, CodedErrors
from transcribe.transcript import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def load_topics(root: Path, *, name: str = "") -> tuple[Topic, ...]:
    """The topics of both languages; none where a site has no such file.

    name: what stands before a file's path in places. Errors, all at once: those of `read_plain`
    and `build`; QA213 a file of another shape, QA258 a topic twice or named `other`, QA259 one
    without wordings.
    """
    found: list[Topic] = []
    errors: list[CodedError] = []
    for language in LANGUAGES:
        path = root / "rules" / "topics" / f"{language}.yaml"
        if not path.is_file():
            continue
        try:
            topics, faults = _read(path, f"{name}rules/topics/{language}.yaml", language)
        except CodedErrors as error:
            errors += error.errors
        except CodedError as error:
            errors.append(error)
        else:
            found += topics
            errors += faults
    if errors:
        raise CodedErrors(errors)
    return tuple(found)


def _read(path: Path, shown: str, language: Language) -> tuple[list[Topic], list[CodedError]]:
    value, places = read_plain(path, name=shown)
    source = Source(shown, places)
    listed = value.get("topics") if isinstance(value, dict) and set(value) == {"topics"} else None
    if not isinstance(listed, list) or not listed:
        raise CodedError("QA213", place=f"{shown}:1:1", wanted="topics:")
    topics: dict[str, Topic] = {}
    for index, raw in enumerate(listed):
        at = ("topics", index)
        written = {**raw, "language": language} if isinstance(raw, dict) else raw
        topic = build(Topic, written, source, at)
        if topic is None:
            continue
        if topic.id in topics or topic.id == OTHER:
            source.add("QA258", at, topic=topic.id)
        if not topic.phrases and not topic.regexes:
            source.add("QA259", at, topic=topic.id)
        topics.setdefault(topic.id, topic)
    return list(topics.values()), source.errors
