"""Calls tables: what is understood, what is refused, and that good rows are kept."""

import csv
import io
import string
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.domain.call import CallEvent
from qa.flow.metadata import read_calls
from qa.flow.metadata_columns import CALLS, ROSTER, plain_name
from qa.flow.metadata_error_texts import TEXTS
from tests.flow.tables import ENGLISH, HEAD, faults, read, refusal, rules
from transcribe.errors import CodedErrors

CHINESE = (
    "通话ID,录音文件,工号,座席姓名,班组,技能组,呼叫方向,开始时间,语言,声道,事件,挂机方,客户号码,vip\n"
    "c1,a\\1.wav,007,Li Lei,A,cards,呼入,2026年3月2日 9时15分30秒,普通话,座席/客户,"
    "保持 62-80；转接 95 至 2001；话后处理 2:00-2:30,客户,+86-13800138000,yes\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_english_and_chinese_tables_say_the_same(tmp_path: Path, encoding: str) -> None:
    (english,) = read(tmp_path, ENGLISH).calls
    (chinese,) = read(tmp_path, CHINESE.encode(encoding)).calls
    assert chinese.model_copy(update={"source": english.source}) == english
    assert english.recording == "a/1.wav"
    assert english.started_at == datetime(2026, 3, 2, 1, 15, 30, tzinfo=UTC)
    assert english.channels == ("csr", "customer")
    assert english.events == (
        CallEvent(kind="hold", start_s=62, end_s=80),
        CallEvent(kind="transfer", start_s=95, to="2001"),
        CallEvent(kind="after_call_work", start_s=120, end_s=150),
    )
    assert english.attributes == {"vip": "yes"}
    assert english.customer_key is not None
    assert "138" not in english.model_dump_json(exclude={"customer_key"})


def test_what_a_table_does_not_tell_stays_unknown(tmp_path: Path) -> None:
    (call,) = read(tmp_path, f"{HEAD},events,holds,started_at\nc1,1.wav,,,").calls
    assert call.events is None
    assert (call.started_at, call.language, call.hung_up_by, call.customer_key) == (None,) * 4
    (call,) = read(tmp_path, f"{HEAD},holds,acw\nc1,1.wav,1-2; 3-4.5,").calls
    assert [(e.start_s, e.end_s) for e in call.events or ()] == [(1, 2), (3, 4.5)]
    (call,) = read(tmp_path, f"{HEAD},events\nc1,1.wav,无").calls
    assert call.events == ()


def test_the_customer_is_who_is_not_us(tmp_path: Path) -> None:
    head = f"{HEAD},呼叫方向,主叫号码,被叫号码"
    text = f"{head}\nc1,1.wav,呼入,13800138000,95555\nc2,2.wav,呼出,95555,13800138000"
    first, second = read(tmp_path, text).calls
    assert first.customer_key == second.customer_key
    assert first.attributes == {}


def test_the_same_number_under_another_salt_is_another_key(tmp_path: Path) -> None:
    text = f"{HEAD},customer\nc1,1.wav,13800138000"
    keys = {read(tmp_path, text, salt=salt).calls[0].customer_key for salt in (b"a", b"b")}
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c1,1.wav,x", ["QA809 2:1"]),
        ("c1", ["QA809 2:1"]),
        (",1.wav", ["QA810 2:1"]),
        ("c1,", ["QA810 2:2"]),
        ("c1,../1.wav", ["QA812 2:2"]),
        ("c0,0.wav\nc0,1.wav", ["QA813 3:1"]),
        ("c1,1\x00.wav", ["QA815 2:2"]),
        ("c\x1b1,1.wav", ["QA815 2:1"]),
        (f"c1,{'x' * 100_000}", ["QA816 2:2"]),
        (f"c1,{'x' * 300_000}", ["QA816 2:2"]),
        ("1.38E+10,1.wav", ["QA819 2:1"]),
        ('c1,"1.wav" x', ["QA820 2:1"]),
    ],
)
def test_a_bad_row_costs_that_row_alone(tmp_path: Path, text: str, expected: list[str]) -> None:
    result = read(tmp_path, f"{HEAD}\n{text}\ngood,ok.wav\n")
    assert faults(result) == expected
    assert [call.id for call in result.calls if call.id != "c0"] == ["good"]
    for error in result.errors:
        assert error.text("zh", TEXTS) != error.text("en", TEXTS)


def test_every_fault_of_a_row_is_told_at_once_with_its_column(tmp_path: Path) -> None:
    text = f"{HEAD},方向,开始时间,语言,事件\nc1,/x,旁边,昨天,粤语,hold\n"
    assert faults(read(tmp_path, text)) == [
        "QA812 2:2",
        "QA811 2:3",
        "QA811 2:4",
        "QA811 2:5",
        "QA817 2:6",
    ]
    (error,) = read(tmp_path, f"{HEAD},方向\nc1,1.wav,旁边\n").errors
    assert error.values["column"] == "方向"


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    text = f'\n{HEAD},note\nc1,1.wav,"two\nlines"\n\nc2,/x,\n'
    result = read(tmp_path, text)
    assert faults(result) == ["QA812 6:2"]
    assert result.calls[0].attributes == {"note": "two\nlines"}


def test_a_quote_that_never_ends_loses_its_row_and_says_so(tmp_path: Path) -> None:
    result = read(tmp_path, f'{HEAD}\nc1,1.wav\nc2,"2.wav\nc3,3.wav\n')
    assert [call.id for call in result.calls] == ["c1"]
    assert faults(result) == ["QA820 3:1"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["QA806"]),
        ("\n\n , \n", ["QA806"]),
        ("call_id,csr_id\nc1,7", ["QA807"]),
        ("a,b\n1,2", ["QA807", "QA807"]),
        ("call_id,file,通话ID\nc1,1.wav,c1", ["QA808"]),
        ("call_id,file,vip,vip\nc1,1.wav,1,2", ["QA808"]),
        (",".join([HEAD, *(f"x{i}" for i in range(300))]), ["QA804"]),
        ("call_id,file\nc1,1.wav".encode("utf-16"), ["QA803"]),
        (b"call_id,file\nc1,\xff\xff\xff.wav", ["QA803"]),
        (
            f"{HEAD},班组\nc1,1.wav,信用卡一组\n".encode() + "c2,2.wav,信用卡二组\n".encode("gbk"),
            ["QA803"],
        ),
    ],
)
def test_tables_of_which_nothing_can_be_used(
    tmp_path: Path, text: str | bytes, codes: list[str]
) -> None:
    assert refusal(tmp_path, text) == codes


def test_a_short_gb18030_cell_is_not_taken_for_utf8(tmp_path: Path) -> None:
    (call,) = read(tmp_path, f"{HEAD},queue\nc1,1.wav,联通\n".encode("gb18030")).calls
    assert call.queue == "联通"


def test_files_that_are_no_tables(tmp_path: Path) -> None:
    assert refusal(tmp_path, "x", name="calls.docx") == ["QA802"]
    assert refusal(tmp_path, "x", name="calls.xlsx") == ["QA805"]
    with pytest.raises(CodedErrors, match="QA801"):
        read_calls(tmp_path / "none.csv", rules(tmp_path))


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_separators(tmp_path: Path, mark: str) -> None:
    text = "call_id,file,events\nc1,1.wav,hold 1-2".replace(",", mark)
    assert read(tmp_path, text).calls[0].recording == "1.wav"


def test_a_column_without_a_name(tmp_path: Path) -> None:
    result = read(tmp_path, f"{HEAD},\nc1,1.wav,x\n")
    assert faults(result) == ["QA822 1:3"]
    assert len(result.calls) == 1
    assert faults(read(tmp_path, f"{HEAD},,\nc1,1.wav,,\n")) == []


_CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)


@given(st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=5))
def test_own_columns_come_back_as_written(pairs: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["call_id", "file", "一", "二"])
        for n, pair in enumerate(pairs):
            writer.writerow([f"c{n}", f"{n}.wav", *pair])
        result = read(folder, text.getvalue())
    assert result.errors == ()
    assert [call.attributes for call in result.calls] == [
        {name: cell.strip() for name, cell in zip("一二", pair, strict=True) if cell.strip()}
        for pair in pairs
    ]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_codes(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as held:
        seen: set[str] = set()
        for name in ("x.csv", "x.xlsx"):
            try:
                result = read(Path(held), b"call_id,file\n" * (name == "x.csv") + raw, name=name)
                seen |= {error.code for error in result.errors}
            except CodedErrors as errors:
                seen |= {error.code for error in errors.errors}
    assert seen <= TEXTS.keys()


@pytest.mark.parametrize("columns", [CALLS, ROSTER])
def test_no_name_means_two_columns(columns: dict[str, tuple[str, ...]]) -> None:
    names = [
        plain for column, aliases in columns.items() for plain in {
            plain_name(name) for name in (column, *aliases)
        }
    ]  # fmt: skip
    assert len(names) == len(set(names))


def test_every_text_has_the_same_placeholders_in_both_languages() -> None:
    for text in TEXTS.values():
        names = [
            {field for _, field, _, _ in string.Formatter().parse(side) if field} for side in text
        ]
        assert names[0] == names[1]


def test_a_refused_table_does_not_block_the_next_one(tmp_path: Path) -> None:
    wide = ",".join([HEAD, *(f"x{i}" for i in range(300))])
    with pytest.raises(CodedErrors) as held:  # keeps the first reader's frames alive
        read(tmp_path, wide)
    assert len(read(tmp_path, f"{HEAD}\nc1,1.wav\n").calls) == 1
    assert held.value.errors[0].code == "QA804"


@pytest.mark.parametrize("columns", [CALLS, ROSTER])
def test_every_column_and_alias_is_documented(columns: dict[str, tuple[str, ...]]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "import.md").read_text("utf-8")
    for column, aliases in columns.items():
        assert f"| `{column}` | {', '.join(aliases)} |" in page
