"""Single values of a calls table."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qa.flow import metadata_values as values
from tests.flow.tables import SHANGHAI


@pytest.mark.parametrize(
    ("value", "utc"),
    [
        ("2026-03-02 09:15:30", "01:15:30"),
        ("2026/3/2 9:15", "01:15:00"),
        ("2026.3.2 9:15", "01:15:00"),
        ("2026-03-02T09:15:30", "01:15:30"),
        ("2026-03-02T09:15:30.250+08:00", "01:15:30.250000"),
        ("2026-03-02T01:15:30Z", "01:15:30"),
        ("2026-03-02 01:15 UTC", "01:15:00"),
        ("2026-03-02 04:15-0500", "09:15:00"),
        ("2026年3月2日 9时15分30秒", "01:15:30"),
        ("2026年03月02日09:15", "01:15:00"),
        ("2026年3月2日 下午3点5分", "07:05:00"),
        ("2026年3月2日 9时", "01:00:00"),
        ("2026-3-2 3:05 PM", "07:05:00"),
        ("2026-3-2 上午 12:05", "16:05:00"),
        ("20260302091530", "01:15:30"),
        ("20260302 091530", "01:15:30"),
        ("202603020915", "01:15:00"),
        ("1772442930", "09:15:30"),
        ("1772442930123", "09:15:30"),
        ("２０２６－０３－０２ ０９：１５", "01:15:00"),
    ],
)
def test_times(value: str, utc: str) -> None:
    assert values.moment(value, SHANGHAI).time().isoformat() == utc


@pytest.mark.parametrize(
    ("value", "zone", "code"),
    [
        ("02/03/2026 09:15", "Asia/Shanghai", "QA811"),
        ("2026-03-02", "Asia/Shanghai", "QA811"),
        ("2026-02-30 09:15", "Asia/Shanghai", "QA811"),
        ("2026-03-02 25:15", "Asia/Shanghai", "QA811"),
        ("2026-03-02 15:15 PM", "Asia/Shanghai", "QA811"),
        ("0026-03-02 09:15", "Asia/Shanghai", "QA811"),
        ("2026-03-02 09:15 +99:00", "Asia/Shanghai", "QA811"),
        ("46083.38", "Asia/Shanghai", "QA811"),
        ("昨天下午", "Asia/Shanghai", "QA811"),
        ("2026-11-01 01:30", "America/New_York", "QA821"),
        ("2026-03-08 02:30", "America/New_York", "QA824"),
    ],
)
def test_times_nobody_can_be_sure_of(value: str, zone: str, code: str) -> None:
    with pytest.raises(values.Wrong) as caught:
        values.moment(value, ZoneInfo(zone))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("none", []),
        ("[]", []),
        ("hold 62.0-80.0", [("hold", 62, 80, None)]),
        ("hold 62s-80s", [("hold", 62, 80, None)]),
        ("保持 1:02~1:20", [("hold", 62, 80, None)]),
        ("hold 62-", [("hold", 62, None, None)]),
        ("acw 120-150;hold 1-2;", [("hold", 1, 2, None), ("after_call_work", 120, 150, None)]),
        ("转接 95 到 二线", [("transfer", 95, None, "二线")]),
        ("transfer 01:35.5", [("transfer", 95.5, None, None)]),
        ('[{"kind":"hold","start_s":62,"end_s":80}]', [("hold", 62, 80, None)]),
    ],
)
def test_events(value: str, expected: list[tuple[str, float, float | None, str | None]]) -> None:
    found = [(e.kind, e.start_s, e.end_s, e.to) for e in values.events(value)]
    assert found == expected


@pytest.mark.parametrize(
    "value",
    [
        "hold", "62-80", "nap 62-80", "hold 80-62", "hold 62-80 to 2001", "hold -1-5", "hold x-y",
        '[{"kind":"nap","start_s":1}]', '[{"kind":"hold","start_s":9,"end_s":1}]', "[1", "[" * 9999,
        '{"kind":"hold"}', '[{"kind":"hold","start_s":1e999}]',
    ],
)  # fmt: skip
def test_events_that_are_none(value: str) -> None:
    with pytest.raises(values.Wrong) as caught:
        values.events(value)
    assert caught.value.code == "QA817"


@pytest.mark.parametrize(
    ("value", "roles"),
    [
        ("csr,customer", ("csr", "customer")),
        ("客户，座席", ("customer", "csr")),
        ("Customer / Agent", ("customer", "csr")),
        ("单声道", ()),
        ("csr", ("csr",)),
        ("unknown,unknown", ("unknown", "unknown")),
    ],
)
def test_channels(value: str, roles: tuple[str, ...]) -> None:
    assert values.channel_roles(value) == roles


@pytest.mark.parametrize("value", ["csr,csr", "left,right", "csr,customer,csr", "2", ","])
def test_channels_that_are_none(value: str) -> None:
    with pytest.raises(values.Wrong):
        values.channel_roles(value)


@pytest.mark.parametrize(
    "file",
    [
        "../../etc/passwd", "a/../../b.wav", "/etc/passwd", "C:\\calls\\1.wav", "\\\\host\\x.wav",
        "https://x/1.wav", "file:///etc/passwd", "out.wav", "link/1.wav", ".", "a\\..\\..\\b.wav",
        "loop/1.wav",
    ],
)  # fmt: skip
def test_recordings_outside_the_folder_are_refused(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "recordings"
    folder.mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "out.wav").touch()
    os.symlink(tmp_path / "out.wav", folder / "out.wav")
    os.symlink(tmp_path / "outside", folder / "link")
    os.symlink(folder / "loop", folder / "loop")
    with pytest.raises(values.Wrong) as caught:
        values.recording_path(file, folder)
    assert caught.value.code == "QA812"


def test_a_path_no_system_can_open(tmp_path: Path) -> None:
    with pytest.raises(values.Wrong) as caught:
        values.recording_path("x" * 5000, tmp_path)
    assert caught.value.code == "QA816"


@pytest.mark.parametrize("file", ["a/1.wav", "a\\1.wav", "./a//1.wav", "{folder}/a/1.wav"])
def test_recordings_inside_are_named_from_the_folder(tmp_path: Path, file: str) -> None:
    assert values.recording_path(file.format(folder=tmp_path), tmp_path) == "a/1.wav"
