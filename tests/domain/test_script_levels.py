"""How loud a turn of a `.call` script is: written beside the role."""

import pytest

from qa.domain.script import read_script
from transcribe.errors import CodedErrors

CALL = """00:01.0-00:03.0 csr@-32: 您好
00:03.0-00:05.0 csr@-32: 请讲
00:05.0-00:07.0 座席@-18.5 dBFS：你听我说
00:08.0-00:09.0 customer: 好
"""


def test_a_level_beside_the_role_is_the_turns() -> None:
    script = read_script(CALL)
    assert [turn.speaker for turn in script.transcript.turns] == ["csr"] * 3 + ["customer"]
    assert [
        (one.start_s, one.end_s, one.channel, one.level_dbfs) for one in script.transcript.activity
    ] == [(1.0, 5.0, 0, -32.0), (5.0, 7.0, 0, -18.5), (8.0, 9.0, 1, None)]


def test_turns_of_one_side_that_overlap_keep_their_own_levels() -> None:
    script = read_script("00:01.0-00:04.0 csr@-30: 一\n00:03.0-00:06.0 csr@-20: 二\n")
    spans = [(one.start_s, one.end_s, one.level_dbfs) for one in script.transcript.activity]
    assert spans == [(1.0, 4.0, -30.0), (4.0, 6.0, -20.0)]


@pytest.mark.parametrize("role", ["csr@5", "csr@", "csr@loud", "@-30"])
def test_what_is_no_level_is_told(role: str) -> None:
    with pytest.raises(CodedErrors, match="QA354"):
        read_script(f"00:01.0-00:03.0 {role}: 您好\n")
