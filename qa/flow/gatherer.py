"""What one call tells the centre: promises, topics, complaint, marks."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from qa.centre.promises import promises_of, unknown_promises
from qa.centre.quotes import sentence_of
from qa.centre.terms import terms_of
from qa.centre.workdays import Workdays
from qa.domain.contacts import MARKS, OTHER, Contact, Topic, TopicHit, Ungathered
from qa.domain.facts import Fact
from qa.facts.behaviours import behaviours
from qa.facts.said import said
from qa.flow.parts import parts_of
from qa.flow.topics import topic_matchers
from qa.flow.work import with_transcript
from qa.store.store import Store
from transcribe.transcript import Transcript

NEAR_S = 20.0  # guess: so close to the complaint a topic is what it is about
MOST_TOPICS = 3  # of one call; guess
COMPLAINTS = ("complaint", "dissatisfaction_threat")
UNIX_DAY = date(1970, 1, 1).toordinal()


class Gatherer:
    """Makes contacts; the topics' matcher of each language is made once."""

    def __init__(
        self,
        topics: Iterable[Topic],
        zone: ZoneInfo,
        workdays: Workdays,
        digest: str,
        *,
        sure: float,
    ) -> None:
        """sure: complaints and promises heard with less confidence are told of nobody."""
        self.sure = sure
        self.zone = zone
        self.workdays = workdays
        self.digest = digest
        self.matchers = topic_matchers(topics)

    @staticmethod
    def own_words(store: Store, one: Ungathered) -> Transcript | None:
        return _own_words(store, one)

    def contact(self, one: Ungathered, transcript: Transcript | None) -> Contact:
        """What one call tells."""
        call, facts, evaluation = one.call, one.facts, one.evaluation
        complaint = next(
            (
                f
                for f in facts.facts
                if f.kind in COMPLAINTS and f.speaker == "customer" and f.confidence >= self.sure
            ),
            None,
        )
        topics = self._topics(transcript, complaint)
        words = _near_words(transcript, complaint)
        day = None
        if call.started_at is not None:
            day = call.started_at.astimezone(self.zone).date().toordinal() - UNIX_DAY
        return Contact(
            **call.model_dump(include=_SHARED),
            call_id=call.id,
            call_n=one.call_n,
            facts_key=one.facts_key,
            evaluation_id=one.evaluation_id,
            lists_digest=self.digest,
            language=facts.language,
            day=day,
            complaint=complaint is not None,
            complaint_start_s=complaint and complaint.start_s,
            complaint_end_s=complaint and complaint.end_s,
            complaint_quote=_sentence(complaint, transcript) if complaint else None,
            terms=terms_of(words, facts.language) if words else (),
            scorecard=evaluation and evaluation.scorecard,
            score=evaluation and evaluation.score,
            coverage=evaluation and evaluation.coverage,
            passed=evaluation and evaluation.passed,
            fatal_pending=bool(evaluation and evaluation.fatal_pending),
            marks={
                item.ref_id: MARKS[item.verdict]
                for item in (evaluation.items if evaluation else ())
                if item.verdict in MARKS
            },
            promises=promises_of(
                facts,
                transcript.turns if transcript else (),
                started_at=call.started_at,
                zone=self.zone,
                workdays=self.workdays,
                sure=self.sure,
            ),
            unknown_promises=unknown_promises(facts, self.sure),
            topics=topics,
        )

    def _topics(
        self, transcript: Transcript | None, complaint: Fact | None
    ) -> tuple[TopicHit, ...]:
        """The call's topics, each at its first place; those near a complaint are what it is of."""
        matcher = self.matchers.get(transcript.language) if transcript else None
        found: dict[str, Fact] = {}
        if matcher is not None and transcript is not None:
            hits = behaviours(said(transcript.turns, transcript.language), matcher)
            mine = [hit for hit in hits if hit.speaker == "customer" and hit.quote]
            for hit in sorted(mine, key=lambda hit: _distance(hit, complaint)):
                found.setdefault(hit.kind, hit)
        own_turn = complaint is not None and any(
            not _distance(h, complaint) for h in found.values()
        )
        near_s = 0.0 if own_turn else NEAR_S  # what the complaint itself names goes before
        kept = [
            TopicHit(
                topic=topic,
                complaint=complaint is not None and _distance(hit, complaint) <= near_s,
                start_s=hit.start_s,
                end_s=hit.end_s,
                quote=_sentence(hit, transcript),
            )
            for topic, hit in list(found.items())[:MOST_TOPICS]
        ]
        if complaint is not None and complaint.quote and not any(one.complaint for one in kept):
            kept.append(
                TopicHit(
                    topic=OTHER,
                    complaint=True,
                    start_s=complaint.start_s,
                    end_s=complaint.end_s,
                    quote=_sentence(complaint, transcript),
                )
            )
        return tuple(kept)


_SHARED = {"csr_id", "team", "queue", "direction", "customer_key", "started_at", "duration_s"}


def _sentence(hit: Fact, transcript: Transcript | None) -> str:
    """The sentence of a hit."""
    quote = hit.quote or ""
    if transcript is None or hit.turn is None:
        return quote
    return sentence_of(transcript.turns[hit.turn].text, quote)


def _distance(hit: Fact, complaint: Fact | None) -> float:
    """Seconds between a hit and the complaint; 0 in its own turn; the hit's start without one."""
    if complaint is None:
        return hit.start_s
    if hit.turn == complaint.turn:
        return 0.0
    return max(hit.start_s - complaint.end_s, complaint.start_s - hit.end_s, 0.0) + 0.001


def _near_words(transcript: Transcript | None, complaint: Fact | None) -> str:
    """What the customer said in the turn of the complaint."""
    if transcript is None or complaint is None or complaint.turn is None:
        return ""
    turns = transcript.turns
    return turns[complaint.turn].text if complaint.turn < len(turns) else ""


def _own_words(store: Store, one: Ungathered) -> Transcript | None:
    """The call's transcript, cut to its part where a transfer made it one."""
    if one.transcript is None or "#" not in one.call.id:
        return one.transcript
    whole = store.call(one.call.id.split("#")[0]) or one.call
    parts = parts_of(with_transcript(whole, one.transcript), one.transcript)
    return next((said for part, said in parts if part.id == one.call.id), one.transcript)
