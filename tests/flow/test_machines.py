"""Machines that speak are told from people, and calls with nobody but them are not graded."""

import pytest

from qa.domain.limits import Limits
from qa.domain.script import read_script
from qa.facts.measure import measure
from qa.flow.gradable import ungradable
from qa.flow.shipped import shipped_root
from qa.packs.load import load_packs

PACKS = load_packs(shipped_root())
HEAD = "# a   language: {}   channels: 2\n"
GREETING = {
    "en": "Hi, this is Tom. Please leave a message after the tone.",
    "zh": "您好，机主暂时不方便接听，请在嘀声后留言。",
}
MENU = {
    "en": "Your call is important to us. For billing, press two.",
    "zh": "您好，坐席全忙，人工服务请按零。",
}
LEFT = {
    "en": "Hello, this is Ann from Metro Bank, please call us back.",
    "zh": "您好，我是星海银行的小李，请给我们回个电话。",
}
PERSON = {
    "en": "Hello? Sorry, that was my answering machine, it said leave a message after the tone.",
    "zh": "喂？不好意思，刚才是语音信箱，说嘀声后留言。",
}
WELL = {"en": "Oh, I am here now.", "zh": "哦，我现在在了。"}


def why_not(language: str, *said: tuple[str, str]) -> str | None:
    lines = [
        f"00:{at * 6:02}.0-00:{at * 6 + 5:02}.0 {role}: {text}"
        for at, (role, text) in enumerate(said)
    ]
    script = read_script(HEAD.format(language) + "\n".join(lines) + "\n", name="a.call")
    facts = measure(script.call, script.transcript, PACKS.patterns_for(script.call))
    reason = ungradable(script.call, script.transcript, facts, Limits())
    return reason.code if reason else None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_machines(language: str) -> None:
    greeting, menu, left = GREETING[language], MENU[language], LEFT[language]
    assert why_not(language, ("customer", greeting), ("csr", left)) == "voicemail"
    assert why_not(language, ("customer", greeting)) == "voicemail"
    assert why_not(language, ("csr", menu), ("customer", WELL[language])) == "ivr_only"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_people(language: str) -> None:
    greeting, menu, left = GREETING[language], MENU[language], LEFT[language]
    here = ("customer", WELL[language])
    told = ("customer", PERSON[language])
    assert why_not(language, ("customer", greeting), ("csr", left), here) is None
    assert why_not(language, ("csr", menu), ("csr", left), here) is None
    assert why_not(language, ("csr", left), told, ("csr", left), here) is None
