"""What is printed for people: other people's words move no terminal."""

import pytest
from rich.markup import escape
from rich.table import Table

from qa.cli.output import err, out, print_errors
from transcribe.errors import CodedError

HOSTILE = "a\x1b]0;renamed\x07b\x1b[2Jc\x9b31m\u202egnp\r[red]d"
SEEN = "a�]0;renamed�b�[2Jc�31m�gnp�[red]d"


def test_a_terminal_obeys_no_words_of_others(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table()
    table.add_column("why")
    table.add_row(escape(HOSTILE))
    out.print(table, width=80)
    err.print(HOSTILE, markup=False)
    printed = capsys.readouterr()
    assert SEEN in printed.out
    assert printed.err.strip() == SEEN


def test_what_stands_in_an_error_is_no_order_either(capsys: pytest.CaptureFixture[str]) -> None:
    print_errors([CodedError("QA849", place="x\x1b[2J", call=HOSTILE)])
    assert "\x1b[2J" not in capsys.readouterr().err
