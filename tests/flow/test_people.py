"""Questions, consent, praise, roles, imported training and pairs, on a small drawn centre."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qa.domain.coaching import Window
from qa.domain.training import TrainingEvent
from qa.flow.coaching import effects_of, needs_of, propose_plans
from qa.flow.curriculum import (
    checked_curriculum,
    gap_matrix,
    hours_of,
    propose_curriculum,
    publish_curriculum,
    published,
)
from qa.flow.development import (
    answer_question,
    ask,
    consenting,
    developments,
    give_recognition,
    ledger,
    praise_of,
    questions,
    roles_of,
    set_consent,
    waiting,
)
from qa.flow.drawn_centre import keep_plans
from qa.flow.examples import example_of, unnamed
from qa.flow.opened import Opened, open_site
from qa.flow.pairs import pair_sheet_of
from qa.flow.praise_share import praise_and_plans
from qa.flow.site import init_site
from qa.flow.standing import Centre, centre_of
from qa.flow.training import record_training
from qa.flow.training_import import import_training
from qa.packs.curriculum import curriculum_yaml
from qa.simulate.site import SiteSpec, plan_site
from transcribe.errors import CodedError, CodedErrors

NOW = datetime(2025, 4, 7, 9, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(name="opened", scope="module")
def _opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    folder = tmp_path_factory.mktemp("people") / "site"
    init_site(folder)
    opened = open_site(str(folder))
    spec = SiteSpec(csrs=12, teams=2, calls_a_csr=40, seed=2)
    keep_plans(opened.store, opened.packs_to_read(), plan_site(spec).plans)
    return opened


@pytest.fixture(name="centre", scope="module")
def _centre(opened: Opened) -> Centre:
    return centre_of(opened.store, opened.packs_to_read(), Window())


def code_of(caught: pytest.ExceptionInfo[CodedError]) -> str:
    return caught.value.code


def test_a_question_waits_until_it_is_answered_once(opened: Opened) -> None:
    store = opened.store
    made = ask(store, "1001", "怎么收费？", call_id=None, owner="Li", now=NOW)
    late = NOW + timedelta(hours=30)
    waits = waiting(store, answer_hours=24, now=late)
    assert [(one.question.id, one.hours, one.late) for one in waits] == [(made.id, 30.0, True)]
    answer_question(store, made.id, "五元", by="Li", now=late)
    assert waiting(store, answer_hours=24, now=late) == ()
    assert questions(store)[0].answered_by == "Li"
    with pytest.raises(CodedError) as caught:
        answer_question(store, made.id, "六元", by="Li", now=late)
    assert code_of(caught) == "QA895"
    with pytest.raises(CodedError) as caught:
        answer_question(store, "Q9999", "x", by="Li", now=late)
    assert code_of(caught) == "QA894"
    with pytest.raises(CodedError) as caught:
        ask(store, "1001", "?", call_id="gone", owner="", now=NOW)
    assert code_of(caught) == "QA849"


def test_consent_is_asked_for_and_can_be_taken_back(opened: Opened) -> None:
    set_consent(opened.store, "1003", True, by="1003", now=NOW)
    assert consenting(opened.store) == {"1003"}
    set_consent(opened.store, "1003", False, by="1003", now=NOW)
    assert consenting(opened.store) == frozenset()


def test_without_consent_or_words_there_is_no_example(opened: Opened, centre: Centre) -> None:
    for willing in ((), ("1003",)):
        assert (
            example_of(opened.store, centre, csr_id="1001", item="OPEN-1", languages=("zh",),
                       consenting=willing)
            is None
        )  # fmt: skip  # drawn calls have no words
    assert example_of(opened.store, centre, csr_id="1001", item="NO-1", languages=(),
                      consenting=("1003",)) is None  # fmt: skip


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("您好，工号一零零三，请讲", "您好，工号***，请讲"),
        ("工号幺零零三", "工号***"),
        ("工号1003很高兴", "工号***很高兴"),
        ("Hello, my name is Nora, how can I help?", "Hello, my name is ***, how can I help?"),
        ("我是李雷，您好", "我是***，您好"),
    ],
)
def test_an_example_names_nobody(said: str, shown: str) -> None:
    assert unnamed(said, "1003", "李雷") == shown


def test_praise_needs_evidence(opened: Opened, centre: Centre) -> None:
    with pytest.raises(CodedError) as caught:
        give_recognition(opened.store, centre, "nobody", by="Li", now=NOW)
    assert code_of(caught) == "QA896"
    praised = praise_of(centre)
    lost = centre.counts.columns.at[centre.counts.lost > 0]
    spoilt = {str(centre.counts.columns.call_id[at]) for at in lost}
    assert {call for one in praised for call in one.calls} & spoilt == set()
    assert all(bool(one.calls) for one in praised if one.about == "csr")
    for one in praised[:1]:
        given = give_recognition(opened.store, centre, one.subject, by="Li", now=NOW)
        assert given[0].given_by == "Li"
        assert given[0] in ledger(opened.store)


def test_praise_is_counted_beside_plans(opened: Opened, centre: Centre) -> None:
    day = timedelta(days=1)
    before = praise_and_plans(opened.store, since=NOW - day, now=NOW + day)
    made = propose_plans(opened.store, opened.packs_to_read(), centre, owner="Li", now=NOW)
    assert made
    given = sum(
        len(give_recognition(opened.store, centre, who, by="Zhao", now=NOW + timedelta(hours=1)))
        for who in {one.subject for one in praise_of(centre)}
    )
    praised, plans = praise_and_plans(opened.store, since=NOW - day, now=NOW + day)
    assert plans == before[1] + len(made)
    assert praised >= given
    assert praise_and_plans(opened.store, since=NOW + 2 * day, now=NOW + 3 * day) == (0, 0)


def test_everybody_has_a_path_and_an_unknown_csr_is_told(opened: Opened, centre: Centre) -> None:
    packs = opened.packs_to_read()
    found = developments(opened, packs, centre, now=NOW)
    assert len(found) == 12
    assert {one.role_id for one in found} == {"new_csr"}  # nobody sat a quiz
    assert {role.id for role in roles_of(opened, packs)} >= {"csr", "team_lead"}
    with pytest.raises(CodedError) as caught:
        developments(opened, packs, centre, now=NOW, csr_id="9999")
    assert code_of(caught) == "QA850"


def test_a_wrong_ladder_is_told_at_its_line(opened: Opened) -> None:
    packs, path = opened.packs_to_read(), opened.root / "scorecards" / "roles.yaml"
    good = path.read_text("utf-8")
    try:
        path.write_text(good.replace("opening: 0.75", "openings: 0.75")
                        .replace('next: ["senior_csr"]', 'next: ["boss"]')
                        .replace('"C2", "C4"]', '"C2", "C99"]'), "utf-8")  # fmt: skip
        with pytest.raises(CodedErrors) as caught:
            roles_of(opened, packs)
        assert {"QA893", "QA892", "QA513"} <= {one.code for one in caught.value.errors}
        assert all("roles.yaml:" in one.place for one in caught.value.errors)
        path.unlink()
        with pytest.raises(CodedError) as missing:
            roles_of(opened, packs)
        assert code_of(missing) == "QA891"
    finally:
        path.write_text(good, "utf-8")


def test_attendance_and_quizzes_come_from_a_table(opened: Opened, tmp_path: Path) -> None:
    table = tmp_path / "训练.csv"
    table.write_text(
        "工号,课程,类型,日期,成绩,讲师\n"
        "1001,c4,签到,2025-04-01,,王\n"
        "1001,C4,,2025年4月1日,85分,王\n"
        "1002,C99,签到,2025-04-01,,\n"
        ",C4,签到,2025-04-01,,\n"
        "1003,C4,测验,2025-04-01,170,\n"
        "1004,C4,测验,2025-04-01,,\n"
        "1005,C4,签到,2035-04-01,,\n",
        "utf-8",
    )
    packs = opened.packs_to_read()
    done = import_training(table, opened.store, packs, zone=ZONE, now=NOW, by="W")
    assert done.events == 2
    assert sorted(one.code for one in done.errors) == [
        "QA810", "QA810", "QA811", "QA811", "QA862",
    ]  # fmt: skip
    assert {one.place.rsplit(":", 2)[1] for one in done.errors} == {"4", "5", "6", "7", "8"}
    kept = [one for one in opened.store.training() if one.csr_id == "1001"]
    assert sorted((one.kind, one.score_percent) for one in kept) == [
        ("attended", None), ("quiz", 85.0),
    ]  # fmt: skip
    assert import_training(table, opened.store, packs, zone=ZONE, now=NOW, by="W").events == 2
    assert len([one for one in opened.store.training() if one.csr_id == "1001"]) == 2


def test_a_quarter_from_proposal_to_publication(
    opened: Opened, centre: Centre, tmp_path: Path
) -> None:
    packs, store = opened.packs_to_read(), opened.store
    matrix = gap_matrix(store, packs, centre, today=NOW.date())
    assert {one.group for one in matrix.teams} == {"T1", "T2"}
    assert {one.group for one in matrix.queues} <= {"billing", "fault", "sales"}
    settings = opened.required.settings
    assert {one.spare for one in hours_of(centre, settings)} == {None}  # a sample of calls
    made = propose_curriculum(store, packs, centre, quarter="2025-Q2", settings=settings,
                              today=NOW.date())  # fmt: skip
    needs = {(one.csr_id) for one in needs_of(store, packs, centre, today=NOW.date())}
    assert {csr for one in made.plan.sessions for csr in one.csrs} <= needs
    file = tmp_path / "plan.yaml"
    courses = {course.id: course for course in packs.courses}
    file.write_text(curriculum_yaml(made.plan, courses, "zh"), "utf-8")
    assert checked_curriculum(file, packs, centre) == made.plan
    with pytest.raises(CodedError) as caught:
        published(store)
    assert code_of(caught) == "QA890"
    assert publish_curriculum(store, made.plan, by="W", now=NOW)
    assert not publish_curriculum(store, made.plan, by="W", now=NOW)
    assert published(store) == made.plan
    file.write_text(file.read_text("utf-8").replace('"C', '"X'), "utf-8")
    if made.plan.sessions:
        with pytest.raises(CodedErrors) as errors:
            checked_curriculum(file, packs, centre)
        assert "QA513" in {one.code for one in errors.value.errors}


def test_a_pair_without_a_match_is_told(opened: Opened, centre: Centre) -> None:
    packs = opened.packs_to_read()
    with pytest.raises(CodedError) as caught:
        pair_sheet_of(opened.store, packs, centre, "9999")
    assert code_of(caught) == "QA850"
    codes = set()
    for csr in centre.marks.csrs:
        try:
            sheet = pair_sheet_of(opened.store, packs, centre, csr)
            assert sheet.peer_id != csr
        except CodedError as error:
            codes.add(error.code)
    assert codes == {"QA897"}


def test_courses_that_are_gone_and_people_who_left_stop_no_view(
    opened: Opened, centre: Centre
) -> None:
    packs, store = opened.packs_to_read(), opened.store
    for csr in ("1001", "left-long-ago"):
        event = TrainingEvent(csr_id=csr, course_id="C4", kind="attended", trainer="Wang",
                              at=datetime(2025, 2, 20, 4, tzinfo=UTC))  # fmt: skip
        record_training(store, packs, event, now=NOW, by="W")
    gone = packs.model_copy(
        update={"courses": tuple(one for one in packs.courses if one.id != "C4")}
    )
    assert all(one.course_id != "C4" for one in effects_of(store, gone, centre))
    told = effects_of(store, packs, centre)
    assert {one.verdict for one in told} == {"cannot_tell"}
    assert {one.trainer for one in told} >= {None, "Wang"}
    assert gap_matrix(store, gone, centre, today=NOW.date()).teams
    nothing = packs.model_copy(update={"courses": ()})
    holes = gap_matrix(store, nothing, centre, today=NOW.date()).cohorts
    assert {one.course_id for one in holes} <= {"-"}
