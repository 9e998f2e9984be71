"""Calls tables for the tests of importing."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qa.flow.metadata import ImportResult, ImportRules, read_calls
from transcribe.errors import CodedErrors

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
HEAD = "call_id,file"


def rules(folder: Path, **more: object) -> ImportRules:
    return ImportRules(folder, SHANGHAI, b"salt")._replace(**more)


def read(
    folder: Path, text: str | bytes, *, name: str = "calls.csv", **more: object
) -> ImportResult:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_calls(path, rules(folder, **more))


def faults(result: ImportResult) -> list[str]:
    return [f"{error.code} {error.place.split(':', 1)[1]}" for error in result.errors]


def refusal(folder: Path, text: str | bytes, *, name: str = "calls.csv") -> list[str]:
    with pytest.raises(CodedErrors) as caught:
        read(folder, text, name=name)
    return [error.code for error in caught.value.errors]


ENGLISH = (
    "call_id,file,csr_id,csr_name,team,queue,direction,started_at,language,channels,events,"
    "hung_up_by,customer,vip\n"
    'c1,a/1.wav,007,Li Lei,A,cards,inbound,2026-03-02 09:15:30,zh,"csr,customer",'
    '"hold 62.0-80.0; transfer 95 to 2001; acw 120-150",customer,138 0013 8000,yes\n'
)
