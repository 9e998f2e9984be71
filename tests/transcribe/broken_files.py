"""Broken recordings through the decoder: `python -m tests.transcribe.broken_files`.

Each is a good file of some format, broken in one way by a seeded choice; every one must come out
as samples or as a coded error, within its limits. Prints a table of ways and codes; exit status 1
when anything else happened.
"""

import argparse
import random
import struct
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.transcribe.formats import FORMATS
from transcribe.audio import load
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings

# Tighter than the site's, so that what never ends is found out soon.
LIMITS = TranscribeSettings(max_duration_s=600, decode_cpu_s=10, decode_wall_s=20)
Break = Callable[[bytes, random.Random], bytes]


def bit_flips(content: bytes, chance: random.Random) -> bytes:
    """A few to very many bits turned, anywhere."""
    broken = bytearray(content)
    for _ in range(chance.choice((1, 8, 64, max(1, len(broken) // 50)))):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def header_flips(content: bytes, chance: random.Random) -> bytes:
    """Bits turned in the first 128 bytes, where lengths, rates and channels stand."""
    broken = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        broken[chance.randrange(min(128, len(broken)))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))]


def lying_header(content: bytes, chance: random.Random) -> bytes:
    """A four-byte number of the header replaced by an extreme one."""
    broken = bytearray(content[:64].ljust(64, b"\0"))
    wanted = chance.choice((0, 1, 2, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF))
    struct.pack_into(chance.choice("<>") + "I", broken, chance.randrange(0, 60, 2), wanted)
    return bytes(broken) + content[64:]


def zero_length(content: bytes, chance: random.Random) -> bytes:
    """Nothing at all, or nothing after the header."""
    return content[: chance.choice((0, 0, 12, 44, 64))]


def endless(content: bytes, chance: random.Random) -> bytes:
    """The file's own sound over and over, or one byte for 20 MB: the header says otherwise."""
    if chance.random() < 0.5:
        return content + content[len(content) // 4 :] * (8_000_000 // max(1, len(content)))
    return content[: chance.randrange(16, 200)] + bytes([chance.randrange(256)]) * 20_000_000


def wrong_container(content: bytes, chance: random.Random) -> bytes:
    """Another kind's beginning before this one's content."""
    heads = (
        b"RIFF\xff\xff\xff\xffWAVEfmt ", b"OggS", b"fLaC", b"ID3\x03\0\0\0\0\x0f\x76", b"#!AMR\n",
        b"\0\0\0\x20ftypM4A ", b"\x1aE\xdf\xa3", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>",
        b"#EXTM3U\nhttp://localhost/x\n", b"\x89PNG\r\n\x1a\n", b"\xff\xfb\x90",
    )  # fmt: skip
    head = chance.choice(heads)
    return head + content[chance.choice((0, len(head), 44)) :]


def shuffled(content: bytes, chance: random.Random) -> bytes:
    """Blocks in another order, as a disk with lost clusters gives them back."""
    blocks = [content[at : at + 512] for at in range(0, len(content), 512)]
    chance.shuffle(blocks)
    return b"".join(blocks)


def random_bytes(content: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(min(len(content), 20_000))


WAYS: tuple[Break, ...] = (
    bit_flips, header_flips, truncated, lying_header, zero_length, endless, wrong_container,
    shuffled, random_bytes,
)  # fmt: skip


def broken_files(folder: Path, count: int, *, seed: int) -> Iterator[tuple[str, Path]]:
    """`count` files, one at a time, each with the way it was broken; the same for a seed."""
    good: list[tuple[str, bytes]] = []
    for at, one in enumerate(FORMATS):
        path = folder / f"good{at}{Path(one.file).suffix}"
        one.make(path)
        good.append((path.suffix, path.read_bytes()))
        path.unlink()
    chance = random.Random(seed)
    for number in range(count):
        suffix, content = good[number % len(good)]
        way = WAYS[number // len(good) % len(WAYS)]
        path = folder / f"{number}{suffix}"
        path.write_bytes(way(content, chance))
        yield way.__name__, path
        path.unlink()


def verdict_on(path: Path) -> str:
    """ "read", "read with faults", the error's code, or what must never be."""
    try:
        sound = load(path, LIMITS)
    except CodedError as error:
        return error.code
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return f"UNCLASSIFIED {type(error).__name__}: {error}"
    return "read with faults" if sound.faults else "read"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most-s", type=float, default=600.0)
    wanted = parser.parse_args()
    seen: dict[str, Counter[str]] = {}
    slowest_s, count, started_s = 0.0, 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for way, path in broken_files(Path(folder), wanted.files, seed=wanted.seed):
            began_s = time.monotonic()
            seen.setdefault(way, Counter())[verdict_on(path)] += 1
            count += 1
            slowest_s = max(slowest_s, time.monotonic() - began_s)
            if time.monotonic() - started_s > wanted.most_s:
                break
    for way, counts in seen.items():
        shown = ", ".join(f"{what} {number}" for what, number in counts.most_common())
        sys.stdout.write(f"{way:16} {shown}\n")
    bad = sum(n for c in seen.values() for what, n in c.items() if what.startswith("UNCLASS"))
    spent_s = time.monotonic() - started_s
    sys.stdout.write(
        f"{count} of {wanted.files} files in {spent_s:.0f} s, the slowest {slowest_s:.1f} s, "
        f"{bad} unclassified\n"
    )
    return 1 if bad or count < wanted.files else 0


if __name__ == "__main__":
    sys.exit(main())
