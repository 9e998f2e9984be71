"""人的发展: the role ladder per CSR, recognition, questions with a clock, consent to be heard."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np

from qa.coaching.development import check_role, development, tally_of
from qa.coaching.recognition import recognitions
from qa.domain.development import Development, Question, Recognition, Role, RoleCheck
from qa.domain.graded import MET, NOBODY
from qa.domain.keys import canonical_json
from qa.domain.packs import Packs
from qa.domain.training import TrainingEvent
from qa.flow.coaching import first_courses
from qa.flow.opened import Opened
from qa.flow.roster import read_roster
from qa.flow.standing import Centre
from qa.packs.roles import ROLES, read_roles
from qa.store.centre_views import RecordRevision
from qa.store.store import Store
from transcribe.errors import CodedError
from transcribe.noun import Noun

RECOGNITION, QUESTION, CONSENT = "recognition", "question", "consent"
MOST_EXAMPLES = 3
PRAISED_BY = "1"  # raised when praise changes its meaning


class Waiting(NamedTuple):
    """A question with its age; late once the site's answer time is over."""

    question: Question
    hours: float
    late: bool


def roles_of(opened: Opened, packs: Packs) -> tuple[Role, ...]:
    """The site's role ladder. Raises QA891 where it has none, and those of `read_roles`."""
    path = opened.root / "scorecards" / ROLES
    if not path.is_file():
        raise CodedError("QA891", place=str(path), file=str(path))
    return read_roles(
        path,
        skills=[skill.id for skill in packs.skills],
        courses=[course.id for course in packs.courses],
        name=f"{opened.place}scorecards/{ROLES}",
    )


def developments(
    opened: Opened, packs: Packs, centre: Centre, *, now: datetime, csr_id: str = ""
) -> tuple[Development, ...]:
    """Every CSR with calls or in the roster, or one: the role held and what the next ones ask.

    The roster's role counts where it is one of the ladder, by id or title. Raises QA850, QA891.
    """
    roles = roles_of(opened, packs)
    known = sorted(set(centre.counts.columns.csrs) - {NOBODY})
    held = _held(opened, roles)
    wanted = [csr_id] if csr_id else sorted({*known, *held})
    if csr_id and csr_id not in {*known, *held}:
        raise CodedError("QA850", place=csr_id, csr=csr_id, options=", ".join(known) or "-")
    passes = {course.id: course.quiz_pass_percent for course in packs.courses}
    training: dict[str, list[TrainingEvent]] = {}
    for event in opened.store.training():
        training.setdefault(event.csr_id, []).append(event)
    tally, languages = tally_of(centre.counts), centre.every_language()
    nearest = {
        spoken: first_courses(packs.courses, now.date(), spoken)
        for spoken in {(), *languages.values()}
    }
    found = []
    for csr in wanted:
        own, first = training.get(csr, ()), nearest[languages.get(csr, ())]
        checks: dict[str, RoleCheck] = {
            role.id: check_role(csr, role, tally, own, passes, first) for role in roles
        }
        found.append(development(csr, held.get(csr), roles, checks))
    return tuple(found)


def _held(opened: Opened, roles: tuple[Role, ...]) -> Mapping[str, str]:
    name = opened.required.settings.roster
    if name is None:
        return {}
    named = {word: role.id for role in roles for word in (role.id, role.title.zh, role.title.en)}
    roster = read_roster(opened.required.folder / name)
    return {csr: named[one.role] for csr, one in roster.items() if one.role in named}


# recognition ------------------------------------------------------------------------------------


def praise_of(centre: Centre) -> tuple[Recognition, ...]:
    """What deserves praise now, each with calls worth hearing."""
    return centre.answers.of(
        "praise",
        f"{PRAISED_BY} {centre.digest}",
        tuple[Recognition, ...],
        lambda: _praise(centre),
    )


def _praise(centre: Centre) -> tuple[Recognition, ...]:
    found = recognitions(centre.marks)
    best = _best_calls(centre, {one.subject for one in found if one.about == "csr"})
    return tuple(
        one.model_copy(update={"calls": best[one.subject]}) if one.about == "csr" else one
        for one in found
    )


def give_recognition(
    store: Store, centre: Centre, subject: str, *, by: str, now: datetime
) -> tuple[Recognition, ...]:
    """What was praised, entered into the ledger with its evidence. Raises QA896: never without."""
    every = praise_of(centre)
    mine = [one for one in every if one.subject == subject]
    if not mine:
        options = ", ".join(dict.fromkeys(one.subject for one in every)) or "-"
        raise CodedError("QA896", place=subject, subject=subject, options=options)
    given = []
    for one in mine:
        key = f"{now.date().isoformat()}/{one.subject}/{one.kind}"
        made = one.model_copy(update={"id": key, "given_by": by, "given_at": now})
        _save(store, RECOGNITION, key, made, subject=subject, by=by, now=now, why=one.kind)
        given.append(made)
    return tuple(given)


def ledger(store: Store) -> tuple[Recognition, ...]:
    """Everything that was praised, by day."""
    return tuple(
        Recognition.model_validate_json(one.body) for one in store.centre.records(RECOGNITION)
    )


def _best_calls(centre: Centre, csr_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """By CSR, calls with the most decided items and none of them lost, latest first."""
    of, counts = centre.counts.columns, centre.counts
    lost = np.bincount(of.at[counts.decided & (of.verdict != MET)], minlength=of.size)
    many = np.bincount(of.at[counts.decided], minlength=of.size)
    good = np.flatnonzero((lost == 0) & (many > 0))
    by_csr = good[np.argsort(of.csr[good], kind="stable")]
    ends = np.cumsum(np.bincount(of.csr[good], minlength=len(of.csrs)))
    found = {}
    for csr_id in csr_ids:
        number = of.csrs.index(csr_id)
        own = by_csr[ends[number - 1] if number else 0 : ends[number]]
        best = sorted(own, key=lambda n: (-many[n], -n))[:MOST_EXAMPLES]
        found[csr_id] = tuple(str(of.call_id[n]) for n in best)
    return found


# questions --------------------------------------------------------------------------------------


def ask(
    store: Store, csr_id: str, text: str, *, call_id: str | None, owner: str, now: datetime
) -> Question:
    """The question, kept. Raises QA849 for a call that is not stored."""
    if call_id is not None and store.call(call_id) is None:
        raise CodedError("QA849", place=call_id, call=call_id)
    number = len(store.centre.records(QUESTION)) + 1
    question = Question(
        id=f"Q{number:04d}", csr_id=csr_id, text=text, call_id=call_id, owner=owner, asked_at=now
    )
    _save(store, QUESTION, question.id, question, subject=csr_id, by=csr_id, now=now, why="asked")
    return question


def answer_question(store: Store, number: str, text: str, *, by: str, now: datetime) -> Question:
    """The answered question. Raises QA894 for an unknown one, QA895 for one answered before."""
    known = {one.id: one for one in questions(store)}
    if number not in known:
        still = ", ".join(one.id for one in known.values() if one.answer is None) or "-"
        raise CodedError("QA894", place=number, question=number, options=still)
    if (before := known[number]).answer is not None:
        raise CodedError("QA895", place=number, question=number, by=before.answered_by or "-")
    made = before.model_copy(update={"answer": text, "answered_by": by, "answered_at": now})
    _save(store, QUESTION, number, made, subject=made.csr_id, by=by, now=now, why="answered")
    return made


def questions(store: Store) -> tuple[Question, ...]:
    """Every question, by number."""
    return tuple(Question.model_validate_json(one.body) for one in store.centre.records(QUESTION))


def waiting(store: Store, *, answer_hours: float, now: datetime) -> tuple[Waiting, ...]:
    """Open questions, the oldest first; guard 3: none is left lying."""
    still = [one for one in questions(store) if one.answer is None]
    return tuple(
        Waiting(
            one,
            round((now - one.asked_at) / timedelta(hours=1), 1),
            now - one.asked_at > timedelta(hours=answer_hours),
        )
        for one in sorted(still, key=lambda one: (one.asked_at, one.id))
    )


# consent ----------------------------------------------------------------------------------------


class Consent(Noun):
    """Whether a CSR's good calls may be played to colleagues, without the name."""

    csr_id: str
    given: bool


def set_consent(store: Store, csr_id: str, given: bool, *, by: str, now: datetime) -> Consent:
    """The consent as it stands now; taking it back counts at once."""
    made = Consent(csr_id=csr_id, given=given)
    why = "given" if given else "withdrawn"
    _save(store, CONSENT, csr_id, made, subject=csr_id, by=by, now=now, why=why)
    return made


def consenting(store: Store) -> frozenset[str]:
    """CSRs who agreed that their good calls are played to colleagues."""
    found = (Consent.model_validate_json(one.body) for one in store.centre.records(CONSENT))
    return frozenset(one.csr_id for one in found if one.given)


def _save(
    store: Store, kind: str, record_id: str, noun: Noun, *, subject: str, by: str, now: datetime,
    why: str,
) -> None:  # fmt: skip
    store.centre.save_record(
        RecordRevision(
            kind=kind, record_id=record_id, n=1, subject=subject, status=why, at=now, by=by,
            why=why, body=canonical_json(noun),
        )
    )  # fmt: skip
