"""Appeals: in time, by whom, decided by somebody else, and what they leave behind."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from qa.domain.appeals import Appeal
from qa.domain.evaluations import Answer
from qa.domain.keys import EvaluationInputs
from qa.flow import appeals as flow
from qa.flow.answering import give_answer
from qa.flow.appeal_error_texts import TEXTS
from qa.flow.appeals import (
    appeal_counts,
    appeals,
    decide_appeal,
    open_appeals,
    raise_appeal,
    withdraw_appeal,
)
from qa.flow.centre_report import report_of
from qa.flow.day_list import day_list
from qa.flow.development import ask
from qa.flow.gathered import Gathered, gathered
from qa.flow.history import see_call
from qa.flow.site import init_site
from qa.store.store import Store
from tests.flow.talks import keep, packs, talk
from transcribe.errors import CodedError

ITEM = "CLO-1"  # the talk ends without asking for further needs


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Gathered]:
    init_site(tmp_path / "site")
    found = gathered(str(tmp_path / "site"))
    keep(found, talk("c1", 0), talk("c2", 1, key="k2"))
    yield found
    found.store.close()


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)  # marks are made when the calls are kept


def contest(store: Store, now: datetime, **changed: Any) -> Appeal:
    asked: dict[str, Any] = {
        "wanted": "not_applicable", "role": "csr", "by": "1023", "reason": "客户先挂了",
        "days": 7, "answer_hours": 48, "now": now,
    }  # fmt: skip
    return raise_appeal(store, changed.pop("call_id", "c1"), changed.pop("item", ITEM),
                        **asked | changed)  # fmt: skip


def verdict(store: Store) -> tuple[str, str]:
    found = store.evaluations("c1")[-1].evaluation
    return next((one.verdict, one.source) for one in found.items if one.ref_id == ITEM)


def refused(code: str, work: Any) -> None:
    with pytest.raises(CodedError) as caught:
        work()
    assert caught.value.code == code
    for language in ("zh", "en"):
        assert "{" not in caught.value.text(language, TEXTS)


def test_an_overturned_mark_is_a_persons_mark_with_who_and_when(
    site: Gathered, now: datetime
) -> None:
    before = site.store.evaluations("c1")[-1].evaluation
    assert verdict(site.store) == ("not_met", "machine")
    made = contest(site.store, now)
    assert (made.status, made.marked, made.marked_by, made.team) == (
        "open", "not_met", "machine", "T1",
    )  # fmt: skip
    assert verdict(site.store) == ("not_met", "machine"), "contesting alone changes nothing"
    later = now + timedelta(hours=3)
    done = decide_appeal(
        site.store, packs(), "c1", ITEM, "overturned", by="Zhao", reason="heard", now=later
    )
    assert (done.decided_by, done.decided_at, done.decision) == ("Zhao", later, "heard")
    assert verdict(site.store) == ("not_applicable", "human")
    records = site.store.evaluations("c1")
    assert [one.by for one in records] == ["machine", "Zhao"]
    assert records[-1].evaluation.score != before.score
    assert open_appeals(site.store) == ()
    assert see_call(site.store, packs(), "c1").appeals == (done,)
    revisions = site.store.centre.records("appeal")
    assert [(one.n, one.by, one.status) for one in revisions] == [(2, "Zhao", "overturned")]


def test_an_upheld_mark_stays_and_is_contested_once_more_before_another_judge(
    site: Gathered, now: datetime
) -> None:
    contest(site.store, now)
    refused("QA857", lambda: contest(site.store, now))
    for party in ("1023", " 1023 "):
        refused("QA859", lambda party=party: decide(site.store, party, now))
    decide(site.store, "Zhao", now)
    assert verdict(site.store) == ("not_met", "human")
    second = contest(site.store, now, by="班长", role="supervisor")
    assert (second.level, second.marked_by) == (2, "Zhao")
    refused("QA859", lambda: decide(site.store, "zhao", now))
    refused("QA859", lambda: decide(site.store, "班长", now))
    decide(site.store, "Qian", now)
    refused("QA857", lambda: contest(site.store, now))
    counts = appeal_counts(appeals(site.store))
    assert [(one.item, one.raised, one.upheld, one.overturned) for one in counts] == [
        (ITEM, 2, 2, 0)
    ]


def decide(store: Store, by: str, now: datetime) -> Appeal:
    return decide_appeal(store, packs(), "c1", ITEM, "upheld", by=by, reason="no", now=now)


def test_nobody_who_gave_the_mark_decides_about_it(site: Gathered, now: datetime) -> None:
    given = Answer(ref_id=ITEM, verdict="not_met", by="Sun", reason="heard", at=now)
    give_answer(site.store, packs(), "c1", given)
    assert contest(site.store, now).marked_by == "Sun"
    refused("QA859", lambda: decide(site.store, "Sun", now))
    assert decide(site.store, "Zhao", now).status == "upheld"


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("QA849", {"call_id": "c9"}),
        ("QA854", {"item": "CLO-9"}),
        ("QA855", {"wanted": "not_met"}),
        ("QA855", {"item": "ACC-1"}),  # waits for a person: no mark to contest yet
    ],
)
def test_what_cannot_be_contested_is_told(
    site: Gathered, now: datetime, code: str, changed: dict[str, Any]
) -> None:
    with pytest.raises(CodedError) as caught:
        contest(site.store, now, **changed)
    assert caught.value.code == code


def test_the_time_runs_from_the_mark_and_not_from_grading_again(
    site: Gathered, now: datetime
) -> None:
    refused("QA856", lambda: contest(site.store, now + timedelta(days=8)))
    week = now + timedelta(days=6)
    other = Answer(ref_id="ACC-1", verdict="met", by="Sun", reason="heard", at=week)
    give_answer(site.store, packs(), "c1", other)  # a new revision, the same mark of CLO-1
    refused("QA856", lambda: contest(site.store, now + timedelta(days=8)))
    changed = Answer(ref_id=ITEM, verdict="not_met", by="Sun", reason="heard", at=week)
    give_answer(site.store, packs(), "c1", changed)
    assert contest(site.store, now + timedelta(days=8)).marked_by == "Sun"


def test_a_second_appeal_has_its_time_from_the_decision(site: Gathered, now: datetime) -> None:
    given = Answer(ref_id=ITEM, verdict="not_met", by="Sun", reason="heard", at=now)
    give_answer(site.store, packs(), "c1", given)
    contest(site.store, now + timedelta(days=6))
    decide(site.store, "Zhao", now + timedelta(days=8))  # a person's not met after a person's
    refused("QA856", lambda: contest(site.store, now + timedelta(days=16)))
    assert contest(site.store, now + timedelta(days=14)).level == 2


@pytest.mark.parametrize("party", ["１０２３", "c 1023 name", "C  1023\u3000Name", "Sun"])
def test_a_party_is_known_by_any_spelling(site: Gathered, now: datetime, party: str) -> None:
    call = site.store.call("c1")
    assert call is not None
    told = call.model_copy(update={"csr_id": "1023", "csr_name": "C 1023 Name"})
    site.store.save_call(told, at=now, by="t", why="t")
    contest(site.store, now, by="班长", role="supervisor")
    given = Answer(ref_id=ITEM, verdict="not_met", by="Sun", reason="heard", at=now)
    give_answer(site.store, packs(), "c1", given)  # marked again while the appeal waits
    refused("QA859", lambda: decide(site.store, party, now))
    assert decide(site.store, "Zhao", now).status == "upheld"


def test_of_two_judges_at_once_the_first_one_decides(
    site: Gathered, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    contest(site.store, now)
    ask_first = flow.answered

    def meanwhile(store: Store, *rest: Any) -> Any:
        monkeypatch.setattr(flow, "answered", ask_first)
        decide_appeal(store, packs(), "c1", ITEM, "overturned", by="Qian", reason="yes", now=now)
        return ask_first(store, *rest)

    monkeypatch.setattr(flow, "answered", meanwhile)
    refused("QA858", lambda: decide(site.store, "Zhao", now))
    assert verdict(site.store) == ("not_applicable", "human")
    assert [one.decided_by for one in appeals(site.store)] == ["Qian"]
    form = appeals(site.store)[0].scorecard
    assert [one.by for one in site.store.answers("c1", scorecard=form)] == ["Qian"]


def test_of_two_appeals_at_once_the_first_one_stands(
    site: Gathered, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_first = flow._marked_at

    def meanwhile(*rest: Any) -> datetime:
        monkeypatch.setattr(flow, "_marked_at", ask_first)
        contest(site.store, now, by="班长", role="supervisor")
        return ask_first(*rest)

    monkeypatch.setattr(flow, "_marked_at", meanwhile)
    refused("QA857", lambda: contest(site.store, now))
    assert [one.by for one in appeals(site.store)] == ["班长"]


@pytest.mark.parametrize("gone", ["form", "item"])
def test_what_no_longer_counts_is_decided_and_not_marked(
    site: Gathered, now: datetime, gone: str
) -> None:
    contest(site.store, now)
    last = site.store.evaluations("c1")[-1]
    other = {
        "form": {"scorecard": "another"},
        "item": {"items": tuple(i for i in last.evaluation.items if i.ref_id != ITEM)},
    }[gone]
    made_from = EvaluationInputs(
        findings_key=last.findings_key, scorecard_digest="1" * 64, answers_digest="1" * 64,
        scorer="t",
    )  # fmt: skip
    site.store.save_evaluation(
        "c1", last.evaluation.model_copy(update=other), made_from=made_from, at=now, by="machine"
    )
    before = len(site.store.evaluations("c1"))
    assert decide(site.store, "Zhao", now).status == "upheld"
    assert len(site.store.evaluations("c1")) == before
    assert open_appeals(site.store) == ()


def test_only_who_raised_it_takes_it_back_and_may_raise_it_again(
    site: Gathered, now: datetime
) -> None:
    contest(site.store, now)
    refused(
        "QA863",
        lambda: withdraw_appeal(site.store, "c1", ITEM, by="班长", reason="x", now=now),
    )
    taken = withdraw_appeal(site.store, "c1", ITEM, by="1023", reason="听过了", now=now)
    assert taken.status == "withdrawn"
    assert verdict(site.store) == ("not_met", "machine")
    refused("QA858", lambda: decide(site.store, "Zhao", now))
    assert contest(site.store, now).level == 1


def test_the_day_list_has_appeals_and_questions_with_their_clock(
    site: Gathered, now: datetime
) -> None:
    contest(site.store, now)
    ask(site.store, "1023", "怎么收费？", call_id=None, owner="", now=now)
    found = {one.kind: one for one in day_list(site, now=now + timedelta(hours=30))}
    assert "18 h left" in found["appeal"].what.en
    assert "还剩 18 小时" in found["appeal"].what.zh
    assert found["question"].late_days >= 1
    assert "over its time" in found["question"].what.en
    late = {one.kind: one for one in day_list(site, now=now + timedelta(hours=50), team="T1")}
    assert late["appeal"].late_days >= 1
    assert "question" in late
    elsewhere = day_list(site, now=now, team="T9")
    assert not {"appeal", "question"} & {one.kind for one in elsewhere}


def test_an_appeal_over_its_time_is_a_next_action_of_the_report(
    site: Gathered, now: datetime
) -> None:
    contest(site.store, now)
    day = site.today(now + timedelta(days=4))
    report = report_of(site, "day", day, titles=dict)
    assert (report.appeals_open, report.appeals_late) == (1, 1)
    assert any("appeal" in one.what.en for one in report.next_actions)
    decide(site.store, "Zhao", now + timedelta(days=4))
    assert report_of(site, "day", day, titles=dict).appeals_open == 0
