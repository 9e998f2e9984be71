"""声纹: what a voice sounds like as 256 numbers, by Resemblyzer's encoder read with numpy.

`pip install --no-deps resemblyzer` brings the weights; no torch is needed and
none of the package's code runs.
"""

import importlib.metadata
import io
import pickle
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from transcribe.decoding import RATE_HZ

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

PACKAGE = "Resemblyzer"
_WEIGHTS = "resemblyzer/pretrained.pt"
# Resemblyzer's hparams.py: what the encoder was taught on.
_MEL_COUNT, _WINDOW, _HOP = 40, 400, 160
_LEVEL_DBFS = -30.0
_LAYERS = 3
_BATCH = 64


def weights_file() -> Path | None:
    """The encoder's weights, or None where they are not installed."""
    try:
        found = importlib.metadata.distribution(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return None
    path = Path(str(found.locate_file(_WEIGHTS)))
    return path if path.is_file() else None


def made_by() -> str:
    """Name and version of the encoder, for `Transcript.made_by`."""
    return f"{PACKAGE} {importlib.metadata.version(PACKAGE)}"


class _Storage(NamedTuple):
    key: str
    size: int


class _Reader(pickle.Unpickler):
    """Reads the pickle torch wrote before 1.6; it makes tensors' outlines and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, size, *_: (storage, offset, tuple(size))
        if module.startswith("torch") and name.endswith("Storage"):
            return name
        raise pickle.UnpicklingError(f"{module}.{name} has no place in these weights")

    def persistent_load(self, told: Any) -> _Storage:
        _, _, key, _, size, *_ = told
        return _Storage(key, size)


def read_weights(content: bytes) -> "dict[str, Matrix]":
    """The encoder's matrices by name. Raises pickle.UnpicklingError for anything else."""
    import numpy as np

    file = io.BytesIO(content)
    for _ in range(3):  # magic number, protocol, the machine that wrote it
        _Reader(file).load()
    model = _Reader(file).load()
    storages = {}
    for key in _Reader(file).load():
        size = int.from_bytes(file.read(8), "little")
        storages[key] = np.frombuffer(file.read(4 * size), dtype="<f4")
    return {
        name: storages[storage.key][offset : offset + int(np.prod(size))].reshape(size)
        for name, (storage, offset, size) in model["model_state"].items()
        if size
    }


@cache
def _weights() -> "dict[str, Matrix]":
    path = weights_file()
    if path is None:
        raise FileNotFoundError(_WEIGHTS)
    return read_weights(path.read_bytes())


@cache
def _filters() -> "Matrix":
    """Slaney's mel filters, [40, 201], as librosa makes them."""
    import numpy as np

    def to_hz(mel: "NDArray[np.float64]") -> "NDArray[np.float64]":
        high = 1000 * np.exp((mel - 15) * np.log(6.4) / 27)
        return np.where(mel < 15, mel * 200 / 3, high)

    top = 15 + 27 * np.log(RATE_HZ / 2 / 1000) / np.log(6.4)
    edges = to_hz(np.linspace(0, top, _MEL_COUNT + 2))
    bins = np.linspace(0, RATE_HZ / 2, _WINDOW // 2 + 1)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    area = 2 / (edges[2:] - edges[:-2])
    made = np.maximum(0, np.minimum(rising, falling)) * area[:, None]
    return np.asarray(made, dtype=np.float32)


def mels(sound: "Matrix") -> "Matrix":
    """Mel powers [frames, 40] of a stretch at 16 000 Hz, brought to the level it was taught on."""
    import numpy as np

    rms = float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))) if sound.size else 0.0
    gain = 10 ** (_LEVEL_DBFS / 20) / max(rms, 1e-6)
    padded = np.pad(sound * np.float32(max(gain, 1.0)), _WINDOW // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP]
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_WINDOW) / _WINDOW)
    power = np.abs(np.fft.rfft(frames * hann.astype(np.float32), axis=1)) ** 2
    return np.asarray(power @ _filters().T, dtype=np.float32)


def embed(sounds: "Sequence[Matrix]") -> "Matrix":
    """A unit vector [256] for each stretch of 0.3 s or more."""
    import numpy as np

    features = [mels(sound) for sound in sounds]
    made = np.zeros((len(features), 256), dtype=np.float32)
    order = sorted(range(len(features)), key=lambda at: len(features[at]))
    for at in range(0, len(order), _BATCH):
        chosen = order[at : at + _BATCH]
        made[chosen] = _embed_batch([features[one] for one in chosen])
    return made


def _embed_batch(features: "Sequence[Matrix]") -> "Matrix":
    """The last state of three LSTM layers at each sequence's own end, through the last layer."""
    import numpy as np

    weights = _weights()
    lengths = np.array([len(one) for one in features])
    inputs = np.zeros((lengths.max(), len(features), features[0].shape[1]), dtype=np.float32)
    for at, one in enumerate(features):
        inputs[: len(one), at] = one
    for layer in range(_LAYERS):
        inputs = _lstm(inputs, layer, weights)
    last = inputs[lengths - 1, np.arange(len(features))]
    raw = np.maximum(0, last @ weights["linear.weight"].T + weights["linear.bias"])
    norms = np.linalg.norm(raw, axis=1, keepdims=True)
    return np.asarray(raw / np.maximum(norms, 1e-9), dtype=np.float32)


def _lstm(inputs: "Matrix", layer: int, weights: "dict[str, Matrix]") -> "Matrix":
    """Outputs [steps, batch, 256] of one layer; gates in torch's order: i, f, g, o."""
    import numpy as np

    own = weights[f"lstm.weight_hh_l{layer}"].T.copy()
    bias = weights[f"lstm.bias_ih_l{layer}"] + weights[f"lstm.bias_hh_l{layer}"]
    gates_in = inputs @ weights[f"lstm.weight_ih_l{layer}"].T + bias
    size = own.shape[0]
    state = np.zeros((inputs.shape[1], size), dtype=np.float32)
    cell = np.zeros_like(state)
    outputs = np.empty((*inputs.shape[:2], size), dtype=np.float32)
    for step in range(len(inputs)):
        gates = gates_in[step] + state @ own
        np.negative(gates, out=gates)
        sigmoids = 1 / (1 + np.exp(np.clip(gates, -60, 60)))
        update = np.tanh(-gates[:, 2 * size : 3 * size])
        cell = sigmoids[:, size : 2 * size] * cell + sigmoids[:, :size] * update
        state = sigmoids[:, 3 * size :] * np.tanh(cell)
        outputs[step] = state
    return outputs
