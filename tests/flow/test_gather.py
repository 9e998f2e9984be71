"""What calls tell the centre, gathered from stored calls once and kept up."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qa.domain.promises import PromiseEntry
from qa.domain.radar import Improvement
from qa.flow.day_list import day_list
from qa.flow.gather import gather, gather_rules
from qa.flow.gathered import Gathered, day_of, gathered, require_csr, require_team
from qa.flow.opened import open_site
from qa.flow.radar import add_improvement, improvement_of, radar_of
from qa.flow.simulated import keep_scripts
from qa.flow.site import init_site
from qa.store.centre_views import PromiseFilter, UnknownPromises
from tests.flow.talks import ANGRY, PROMISE, START, keep, packs, talk
from transcribe.errors import CodedError


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Gathered]:
    init_site(tmp_path / "site")
    found = gathered(str(tmp_path / "site"))
    yield found
    found.store.close()


def test_a_promise_becomes_an_entry_with_its_time(site: Gathered) -> None:
    assert keep(site, talk("c1", 0, csr=PROMISE)) == 1
    (one,) = site.store.centre.promises(now=START)
    assert one.quote == "我们会在明天下午五点之前给您回电话"
    assert (one.csr_id, one.customer_key, one.in_touch, one.status) == ("1023", "k1", True, "open")
    assert one.due_at == datetime(2025, 3, 4, 9, tzinfo=UTC)
    assert 21 <= one.start_s < one.end_s <= 28
    assert gather(site.store, site.rules) == 0  # nothing is new


def test_promises_of_unknown_speakers_are_counted_and_kept_apart(site: Gathered) -> None:
    known = talk("c1", 0, csr=PROMISE)
    said = known.transcript.model_copy(
        update={
            "turns": tuple(
                one.model_copy(update={"speaker": "unknown"}) for one in known.transcript.turns
            ),
            "channel_speakers": ("unknown", "unknown"),
        }
    )
    call = known.call.model_copy(update={"id": "c2", "csr_id": "1024", "team": "T2"})
    keep(site, known, known.model_copy(update={"transcript": said, "call": call}))
    assert [one.call_id for one in site.store.centre.promises(now=START)] == ["c1"]
    left = site.store.centre.unknown_promises()
    assert (left.promises, left.calls, left.examples) == (1, 1, ("c2",))
    store = site.store.centre
    assert store.unknown_promises(PromiseFilter(team="T1")).promises == 0
    assert store.unknown_promises(PromiseFilter(csr_id="1024")).promises == 1
    assert store.unknown_promises(PromiseFilter(to=START)) == UnknownPromises(0, 0, ())
    assert store.unknown_promises(PromiseFilter(from_=START)).calls == 1


def test_a_call_back_in_time_keeps_it_and_a_late_one_does_not(site: Gathered) -> None:
    keep(
        site,
        talk("c1", 0, csr=PROMISE),
        talk("c2", 0, csr=PROMISE, key="k2"),
        talk("c3", 0, csr=PROMISE, key="k3"),
        talk("c4", 0, csr=PROMISE, key=None),
    )
    keep(
        site,
        talk("back1", 20, direction="outbound"),
        talk("back2", 60, direction="outbound", key="k2"),
        talk("again3", 20, key="k3"),
    )
    found = {one.call_id: one for one in site.store.centre.promises(now=START)}
    assert {call: one.status for call, one in found.items()} == {
        "c1": "kept", "c2": "late", "c3": "open", "c4": "open",
    }  # fmt: skip
    assert (found["c1"].closed_by, found["c3"].chased, found["c3"].closed_by) == ("back1", 1, None)


def test_what_is_no_call_back_waits_for_a_person(site: Gathered) -> None:
    refund = "退款三到五个工作日内会退到您的账户里。"
    keep(site, talk("c1", 0, csr=refund), talk("back", 20, direction="outbound"))
    (one,) = site.store.centre.promises(now=START)
    assert (one.in_touch, one.status, one.followed_by) == (False, "open", "back")
    entry = PromiseEntry(promise_id=one.id, status="kept", at=START, by="Li", note="refunded")
    assert site.store.centre.enter_promise(entry).status == "kept"
    # What a person said stands when calls are gathered again, and keeps its number.
    later = site.rules.model_copy(update={"country": ""})
    assert gather(site.store, later) == 2
    (again,) = site.store.centre.promises(now=START)
    assert (again.id, again.status, again.closed_by) == (one.id, "kept", "Li")
    assert [e.by for e in site.store.centre.promise_entries(one.id)] == ["Li"]


def test_an_unknown_promise_is_told(site: Gathered) -> None:
    with pytest.raises(CodedError) as caught:
        site.store.centre.promise(99)
    assert caught.value.code == "QA616"


def test_a_site_that_stands_still_is_not_looked_through(site: Gathered) -> None:
    keep(site, talk("c1", 0), talk("c2", 1))
    digest, heard = site.rules.digest, list[tuple[int, int]]()
    assert site.store.centre.ungathered(digest)[0] == ()  # though they were made just now
    keep_scripts(site.store, packs(), (talk("c3", 2),))
    assert "c3" in site.store.centre.ungathered(digest)[0]
    assert gather(site.store, site.rules, told=lambda done, whole: heard.append((done, whole))) == 1
    assert heard[0][0] == 0
    assert gather(site.store, site.rules, told=lambda *told: heard.append(told)) == 0
    assert len(heard) == 1


def test_a_corrected_call_is_gathered_again(site: Gathered) -> None:
    keep(site, talk("c1", 0, csr=PROMISE))
    call = site.store.call("c1")
    assert call is not None
    moved = call.model_copy(update={"team": "T2", "started_at": START + timedelta(days=1)})
    site.store.save_call(moved, at=START, by="Li", why="corrected")
    assert gather(site.store, site.rules) == 1
    (one,) = site.store.centre.promises(now=START)
    assert (one.team, one.due_at) == ("T2", datetime(2025, 3, 5, 9, tzinfo=UTC))


def test_complaints_get_topics_seconds_and_words(site: Gathered) -> None:
    keep(
        site,
        talk("c1", 0, customer=ANGRY),
        talk("c2", 30, customer=ANGRY),
        talk("c3", 31, customer="我要投诉，太差劲了。", key="k9"),
        talk("c4", 32),
    )
    radar = radar_of(site, to_day=day_of(site.store.centre.day_range()[1]))  # type: ignore[index]
    lines = {one.topic: one for one in radar.lines}
    assert (radar.calls, radar.complaints) == (4, 3)
    assert lines["delivery"].change.complaints == 2
    assert (lines["delivery"].repeats, lines["delivery"].repeat_customers) == (1, 1)
    example = lines["delivery"].examples[0]
    assert example.quote == "我要投诉，快递一个星期都没有送到，到底什么时候送"
    assert 6 <= example.start_s <= 14
    assert lines["other"].change.complaints == 1
    assert "billing" not in lines  # nobody complained of it, and nobody called twice
    assert lines["delivery"].change.movement == "cannot_tell"
    terms = site.store.centre.complaint_terms(0, 99_999)
    assert any("快递" in words for _, words in terms)


def test_actions_on_topics(site: Gathered) -> None:
    keep(site, talk("c1", 0, customer=ANGRY))
    action = Improvement(
        id="A0001", topic="delivery", what="x", owner="Li", from_day=START.date(),
        due=START.date(),
    )  # fmt: skip
    add_improvement(site, action, by="Wang", why="entered", now=START)
    assert improvement_of(site, "A0001") == action
    kinds = {one.kind for one in day_list(site, now=START + timedelta(days=3))}
    assert "improvement" in kinds
    assert improvement_of(site, "A0001").due == START.date()
    with pytest.raises(CodedError) as caught:
        add_improvement(site, action.model_copy(update={"topic": "no"}), by="W", why="w", now=START)
    assert caught.value.code == "QA881"
    with pytest.raises(CodedError) as caught:
        improvement_of(site, "A9")
    assert caught.value.code == "QA882"


def test_a_site_without_calls_says_so(site: Gathered) -> None:
    with pytest.raises(CodedError) as caught:
        radar_of(site, to_day=START.date())
    assert caught.value.code == "QA887"
    for ask, code in ((require_csr, "QA850"), (require_team, "QA880")):
        with pytest.raises(CodedError) as caught:
            ask(site, "9999")
        assert caught.value.code == code
    assert day_list(site, now=START) == ()


def test_the_day_list_is_overdue_first(site: Gathered) -> None:
    keep(site, talk("c1", 0, csr=PROMISE), talk("c2", 48, csr=PROMISE, key="k2"))
    late = [one for one in day_list(site, now=START + timedelta(days=6)) if one.kind == "promise"]
    assert [one.late_days for one in late] == [5, 3]
    assert "qa promises close 1" in late[0].do
    assert day_list(site, now=START + timedelta(days=6), team="T9") == ()


def test_settings_say_which_days_are_worked(tmp_path: Path) -> None:
    site = init_site(tmp_path / "site")
    path = site.folder / "settings.yaml"
    text = path.read_text("utf-8").replace("holiday_country: CN", 'holiday_country: "GB"')
    path.write_text(text.replace("days_off: []", "days_off: [2025-03-04]"), "utf-8")
    opened = open_site(str(site.folder))
    rules = gather_rules(opened.required, ())
    assert rules.country == "GB"
    assert not rules.workdays.is_workday(START.date() + timedelta(days=1))
