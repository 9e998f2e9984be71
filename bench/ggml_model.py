"""Writes our own model (CTranslate2, float16) as GGML, so that whisper.cpp has the same weights.

    python -m bench.ggml_model FILE

No package brings a GGML model; this makes the rival of bench/asr.py out of the weights that are
here: `pip install pywhispercpp`, then `python -m bench.asr --ggml FILE`. Layout: CTranslate2's
model.bin version 6 and whisper.cpp's models/convert-pt-to-ggml.py.
"""

import json
import struct
import sys
from pathlib import Path
from typing import BinaryIO

import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor
from numpy.typing import NDArray

from transcribe.settings import TranscribeSettings
from transcribe.weights import find_model

Tensors = dict[str, NDArray[np.float16]]
_FLOAT16 = 4  # CTranslate2's number of the type


def tensors(path: Path) -> Tensors:
    """The float16 tensors of a model.bin by their names."""
    found: Tensors = {}
    with path.open("rb") as file:

        def number(form: str) -> int:
            return int(struct.unpack(form, file.read(struct.calcsize(form)))[0])

        def text() -> str:
            return file.read(number("<H"))[:-1].decode()

        number("<I")
        text()
        number("<I")
        for _ in range(number("<I")):
            name = text()
            shape = [number("<I") for _ in range(number("<B"))]
            kind, size = number("<B"), number("<I")
            content = file.read(size)
            if kind == _FLOAT16:
                found[name] = np.frombuffer(content, dtype="<f2").reshape(shape)
    return found


def renamed(given: Tensors) -> Tensors:
    """The tensors under OpenAI's names; joined projections apart again."""
    made: Tensors = {}

    def pair(new: str, old: str) -> None:
        for ours, theirs in (("weight", "weight"), ("bias", "bias")):
            made[f"{new}.{theirs}"] = given[f"{old}/{ours}"]

    def norm(new: str, old: str) -> None:
        made[f"{new}.weight"], made[f"{new}.bias"] = given[f"{old}/gamma"], given[f"{old}/beta"]

    def joined(parts: list[str], old: str) -> None:
        for kind in ("weight", "bias"):
            for part, value in zip(
                parts, np.split(given[f"{old}/{kind}"], len(parts)), strict=True
            ):
                if not (part.endswith(".key") and kind == "bias"):  # Whisper's keys have none
                    made[f"{part}.{kind}"] = value

    for side, last in (("encoder", "ln_post"), ("decoder", "ln")):
        made[f"{side}.positional_embedding"] = given[f"{side}/position_encodings/encodings"]
        norm(f"{side}.{last}", f"{side}/layer_norm")
        number = 0
        while f"{side}/layer_{number}/ffn/linear_0/weight" in given:
            new, old = f"{side}.blocks.{number}", f"{side}/layer_{number}"
            norm(f"{new}.attn_ln", f"{old}/self_attention/layer_norm")
            three = [f"{new}.attn.{part}" for part in ("query", "key", "value")]
            joined(three, f"{old}/self_attention/linear_0")
            pair(f"{new}.attn.out", f"{old}/self_attention/linear_1")
            norm(f"{new}.mlp_ln", f"{old}/ffn/layer_norm")
            pair(f"{new}.mlp.0", f"{old}/ffn/linear_0")
            pair(f"{new}.mlp.2", f"{old}/ffn/linear_1")
            if side == "decoder":
                norm(f"{new}.cross_attn_ln", f"{old}/attention/layer_norm")
                joined([f"{new}.cross_attn.query"], f"{old}/attention/linear_0")
                both = [f"{new}.cross_attn.key", f"{new}.cross_attn.value"]
                joined(both, f"{old}/attention/linear_1")
                pair(f"{new}.cross_attn.out", f"{old}/attention/linear_2")
            number += 1
    pair("encoder.conv1", "encoder/conv1")
    pair("encoder.conv2", "encoder/conv2")
    made["decoder.token_embedding.weight"] = given["decoder/embeddings/weight"]
    return made


def vocabulary(path: Path) -> list[bytes]:
    """The plain tokens in the order of their numbers, as bytes."""
    read = json.loads(path.read_text("utf-8"))
    model, special = read["model"], {one["content"] for one in read["added_tokens"]}
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in printable]
    byte_of = {chr(b): b for b in printable} | {chr(256 + n): b for n, b in enumerate(others)}
    ordered = sorted(model["vocab"].items(), key=lambda pair: pair[1])
    return [bytes(byte_of[c] for c in token) for token, _ in ordered if token not in special]


def write(file: BinaryIO, model: Tensors, tokens: list[bytes]) -> None:
    audio_ctx, width = model["encoder.positional_embedding"].shape
    layers = sum(name.endswith("attn_ln.weight") and "cross" not in name and "encoder" in name
                 for name in model)  # fmt: skip
    heads = width // 64  # Whisper's heads are 64 wide
    text_ctx = model["decoder.positional_embedding"].shape[0]
    mels = model["encoder.conv1.weight"].shape[1]
    words = model["decoder.token_embedding.weight"].shape[0]
    sizes = (words, audio_ctx, width, heads, layers, text_ctx, width, heads, layers, mels, 1)
    file.write(struct.pack("<12i", 0x67676D6C, *sizes))
    filters = FeatureExtractor(feature_size=mels).mel_filters.astype("<f4")
    file.write(struct.pack("<2i", *filters.shape) + filters.tobytes())
    file.write(struct.pack("<i", len(tokens)))
    for token in tokens:
        file.write(struct.pack("<i", len(token)) + token)
    for name, value in model.items():
        if name in ("encoder.conv1.bias", "encoder.conv2.bias"):
            value = value.reshape(-1, 1)
        whole = value.ndim < 2 or value.shape[1] == 1 or "positional" in name
        file.write(struct.pack("<3i", value.ndim, len(name), 0 if whole else 1))
        file.write(struct.pack(f"<{value.ndim}i", *reversed(value.shape)))
        file.write(name.encode() + value.astype("<f4" if whole else "<f2").tobytes())


def main() -> None:
    folder = Path(find_model(TranscribeSettings(), allow_hub=False).path)
    with Path(sys.argv[1]).open("wb") as file:
        tokens = vocabulary(folder / "tokenizer.json")
        write(file, renamed(tensors(folder / "model.bin")), tokens)
    print(f"{sys.argv[1]}: {Path(sys.argv[1]).stat().st_size >> 20} MiB, {len(tokens)} tokens")


if __name__ == "__main__":
    main()
