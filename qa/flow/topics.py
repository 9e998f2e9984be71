"""Topics compiled into matchers, and what is wrong with their wordings."""

from collections.abc import Iterable

from qa.domain.contacts import Topic
from qa.domain.keys import digest_of
from qa.domain.patterns import Patterns
from qa.facts.matcher import Matcher
from transcribe.errors import CodedError
from transcribe.transcript import Language


def topic_matchers(topics: Iterable[Topic]) -> dict[Language, Matcher]:
    """One matcher a language that has topics. Raises QA301, QA302 for a wording."""
    listed = tuple(topics)
    found: dict[Language, Matcher] = {}
    for language in dict.fromkeys(topic.language for topic in listed):
        lists = tuple(one.words() for one in listed if one.language == language)
        made = digest_of([one.model_dump(mode="json") for one in lists])
        found[language] = Matcher(Patterns(language=language, lists=lists, digest=made))
    return found


def topic_faults(topics: Iterable[Topic]) -> list[CodedError]:
    """What is wrong with the topics' wordings, each topic tried by itself."""
    errors = []
    for one in topics:
        try:
            topic_matchers([one])
        except CodedError as error:
            errors.append(error)
    return errors
