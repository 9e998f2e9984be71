"""Whole calls with planted faults, spoken by templates; the real rules judge them."""

from collections.abc import Collection

import numpy as np

from qa.domain.call import Call, CallEvent
from qa.domain.rules import Verdict
from qa.domain.script import Expectation, Script, write_script
from qa.domain.script_timing import activity_of
from qa.simulate.lines import LINES, NAMES, ZH_DIGITS
from transcribe.noun import Noun
from transcribe.transcript import Language, Speaker, Transcript, Turn

# Faults that can be planted, by the rule each breaks.
FAULTS = (
    "OPEN-001", "OPEN-002", "EMP-001", "LIS-001", "LIS-003", "ID-001", "HOLD-001", "HOLD-002",
    "HOLD-003", "COU-001", "PRO-001", "CLO-001", "CLO-002", "CLO-003", "VOI-001", "VOI-003",
)  # fmt: skip
ONLY_WITH = {"EMP-001": "complaint", "PRO-001": "promise", "HOLD-001": "hold", "HOLD-002": "hold"}

PAUSE_S = 0.5  # between turns; guess
CUT_IN_S = 2.0  # how early an interrupting CSR starts; above every limit we ship
OVERLAP_S = 1.2  # both speak so long before the customer gives way
SILENT_S = 25.0  # unexplained silence; above every limit we ship
HOLD_S = 30.0
# Characters (zh) or words (en) a second: unhurried, and faster than any limit we ship.
SPEED: dict[Language, tuple[float, float]] = {"zh": (4.2, 7.5), "en": (2.5, 4.2)}


class CallPlan(Noun):
    """What happens in a call: its parts, and the rules the CSR breaks."""

    complaint: bool = False
    hold: bool = False
    promise: bool = False
    faults: frozenset[str] = frozenset()


def simulate_call(
    call: Call, plan: CallPlan, rng: np.random.Generator, *, badge: int = 1023
) -> Script:
    """The script of a call: turns with measured ends, activity, events, expected verdicts.

    call: who, when, which queue; its language decides the words (Mandarin when None).
    Expectations: planted faults `not_met`, the rest of `FAULTS` `met`, or `not_applicable`.
    """
    speaker = _Speaker(call.language or "zh", plan, rng, badge)
    speaker.play()
    turns = tuple(speaker.turns)
    duration_s = round(speaker.at_s + 0.5, 3)
    transcript = Transcript(
        language=speaker.language,
        duration_s=duration_s,
        channels=2,
        turns=turns,
        activity=activity_of(turns),
        channel_speakers=("csr", "customer"),
        speakers_by="script",
    )
    complete = call.model_copy(
        update={
            "language": speaker.language,
            "duration_s": duration_s,
            "channels": ("csr", "customer"),
            "events": tuple(speaker.events),
            "hung_up_by": "csr" if "CLO-003" in plan.faults else "customer",
        }
    )
    return Script(
        title=call.id,
        call=complete,
        transcript=transcript,
        expectations=tuple(
            Expectation(rule_id=rule, verdict=verdict, line=1)
            for rule, verdict in expected_of(plan).items()
        ),
    )


def script_text(script: Script) -> str:
    """The call as a `.call` file that `read_script` reads back."""
    return write_script(script.call, script.transcript, script.expectations, title=script.title)


def expected_of(plan: CallPlan) -> dict[str, Verdict]:
    """What each rule of `FAULTS` should say of a call with this plan."""
    parts: Collection[str] = [
        name for name in ("complaint", "hold", "promise") if getattr(plan, name)
    ]
    return {
        rule: ("not_met" if rule in plan.faults else "met")
        if ONLY_WITH.get(rule) in (None, *parts)
        else "not_applicable"
        for rule in FAULTS
    }


class _Speaker:
    """Says one line after the other, at a pace, and notes where the call stands."""

    def __init__(
        self, language: Language, plan: CallPlan, rng: np.random.Generator, badge: int
    ) -> None:
        self.language = language
        self.plan = plan
        self.rng = rng
        self.turns: list[Turn] = []
        self.events: list[CallEvent] = []
        self.at_s = 1.0
        self.badge = "".join(ZH_DIGITS[int(digit)] for digit in str(badge))
        self.name = NAMES[badge % len(NAMES)]

    def faulty(self, rule: str) -> bool:
        return rule in self.plan.faults

    def line(self, moment: str) -> str:
        choices = LINES[self.language][moment]
        text = choices[int(self.rng.integers(len(choices)))]
        return text.format(badge=self.badge, name=self.name)

    def say(self, who: Speaker, *moments: str, cut_in: bool = False) -> None:
        text = (" " if self.language == "en" else "").join(self.line(one) for one in moments)
        if who == "csr" and self.faulty("VOI-003"):
            text = self.line("filler") + text
        usual, fast = SPEED[self.language]
        speed = fast if who == "csr" and self.faulty("VOI-001") else usual
        units = len(text.split()) if self.language == "en" else len(text)
        start_s = self.at_s - CUT_IN_S if cut_in else self.at_s + PAUSE_S
        end_s = start_s + max(0.6, units / speed)
        if cut_in:
            self._stop_customer(start_s + OVERLAP_S)
        self.turns.append(
            Turn(
                start_s=round(start_s, 3),
                end_s=round(end_s, 3),
                speaker=who,
                text=text,
                channel=0 if who == "csr" else 1,
                end_known=True,
            )
        )
        self.at_s = max(end_s, self.at_s - CUT_IN_S)

    def _stop_customer(self, end_s: float) -> None:
        """The customer falls silent soon after the CSR cut in."""
        last = self.turns[-1]
        self.turns[-1] = last.model_copy(update={"end_s": round(end_s, 3)})

    def play(self) -> None:
        self._open()
        self._understand()
        if not self.faulty("ID-001"):
            self.say("csr", "verify")
            self.say("customer", "identity")
        self._look_up()
        self._settle()
        self._close()

    def _open(self) -> None:
        neither = self.faulty("OPEN-001") and self.faulty("OPEN-002")
        moment = "open_neither" if neither else "open"
        if not neither and self.faulty("OPEN-001"):
            moment = "open_no_greeting"
        elif not neither and self.faulty("OPEN-002"):
            moment = "open_no_name"
        self.say("csr", moment)
        self.say("customer", "need_angry" if self.plan.complaint else "need")

    def _understand(self) -> None:
        cut_in = self.faulty("LIS-001")
        restate = "no_restate" if self.faulty("LIS-003") else "restate"
        if self.plan.complaint:
            self.say("csr", "no_care" if self.faulty("EMP-001") else "care", restate, cut_in=cut_in)
        else:
            self.say("csr", restate, cut_in=cut_in)
        self.say("customer", "yes")
        if cut_in:
            for _ in range(2):
                self.say("customer", "need")
                self.say("csr", "no_restate", cut_in=True)

    def _look_up(self) -> None:
        if self.plan.hold:
            self.say("csr", "hold_no_notice" if self.faulty("HOLD-001") else "hold")
            start_s = round(self.at_s + 0.2, 3)
            self.at_s = start_s + HOLD_S
            end_s = round(self.at_s, 3)
            self.events.append(CallEvent(kind="hold", start_s=start_s, end_s=end_s))
            thanks = "hold_no_thanks" if self.faulty("HOLD-002") else "hold_thanks"
            self.say("csr", thanks, "hesitation", "answer")
        else:
            self.say("csr", "hesitation", "answer")
        if self.faulty("HOLD-003"):
            self.say("customer", "reply")
            self.at_s += SILENT_S
            self.say("csr", "answer")

    def _settle(self) -> None:
        if self.faulty("COU-001"):
            self.say("csr", "rude")
        if self.plan.promise:
            self.say("csr", "promise_vague" if self.faulty("PRO-001") else "promise")
        self.say("customer", "reply")

    def _close(self) -> None:
        if not self.faulty("CLO-001"):
            self.say("csr", "further")
            self.say("customer", "no_further")
        self.say("csr", "no_close" if self.faulty("CLO-002") else "close")
        if not self.faulty("CLO-003"):
            self.say("customer", "bye")
