"""Transferred calls: each CSR answers for their own part."""

from qa.domain.call import Call, CallEvent
from qa.flow.parts import parts_of
from transcribe.transcript import Activity, Mask, Transcript, Turn


def turn(start_s: float, speaker: str, text: str) -> Turn:
    return Turn(start_s=start_s, end_s=start_s + 2, speaker=speaker, text=text)  # type: ignore[arg-type]


TRANSCRIPT = Transcript(
    language="en",
    duration_s=60,
    channels=2,
    turns=(
        turn(1, "csr", "Good morning"),
        turn(5, "customer", "My card 4111"),
        turn(31, "csr", "This is billing"),
        turn(40, "customer", "My card again"),
    ),
    activity=(Activity(start_s=1, end_s=3, channel=0), Activity(start_s=31, end_s=33, channel=0)),
    masks=(Mask(turn=3, kind="pii_bank_card", start=3, end=7, start_s=40, end_s=41),),
)


def call(*events: CallEvent, csr_id: str | None = "1001") -> Call:
    return Call(
        id="c", source="c", csr_id=csr_id, csr_name="Anna", events=events, hung_up_by="customer"
    )


def test_a_call_without_transfer_is_one_part() -> None:
    one = call(CallEvent(kind="hold", start_s=10, end_s=20))
    assert parts_of(one, TRANSCRIPT) == ((one, TRANSCRIPT),)


def test_each_csr_gets_what_was_said_while_they_had_the_call() -> None:
    transferred = call(
        CallEvent(kind="hold", start_s=10, end_s=20),
        CallEvent(kind="transfer", start_s=30, to="2002"),
        CallEvent(kind="hold", start_s=45, end_s=50),
    )
    (first, said), (second, said_later) = parts_of(transferred, TRANSCRIPT)
    assert (first.id, first.csr_id, first.csr_name) == ("c", "1001", "Anna")
    assert (second.id, second.csr_id, second.csr_name) == ("c#2", "2002", None)
    assert [t.text for t in said.turns] == ["Good morning", "My card 4111"]
    assert [t.text for t in said_later.turns] == ["This is billing", "My card again"]
    assert said.duration_s == 30
    assert [e.kind for e in first.events or ()] == ["hold", "transfer"]
    assert [e.start_s for e in second.events or ()] == [45]
    assert said.masks == ()
    assert said_later.masks[0].turn == 1
    assert [a.start_s for a in said_later.activity] == [31]


def test_only_the_last_part_knows_who_hung_up() -> None:
    first, second = parts_of(call(CallEvent(kind="transfer", start_s=30, to="2002")), TRANSCRIPT)
    assert (first[0].hung_up_by, second[0].hung_up_by) == (None, "customer")


def test_what_follows_a_transfer_to_nobody_named_is_left_out() -> None:
    (only,) = parts_of(call(CallEvent(kind="transfer", start_s=30)), TRANSCRIPT)
    assert (only[0].id, len(only[1].turns)) == ("c", 2)


def test_a_transfer_after_the_end_leaves_the_whole_call() -> None:
    (only,) = parts_of(call(CallEvent(kind="transfer", start_s=90, to="2002")), TRANSCRIPT)
    assert len(only[1].turns) == 4
