"""Kokoro-82M: its file, whole or not at all, and what it makes of signs. 24,000 samples a second."""

from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from kiosk.synthesis import PARTS
from kiosk.synthesis.unreadable import Unreadable

RATE: Final = 24_000
SHA256: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""Of kokoro-v1.0.int8.onnx, 92 MB: its four parts joined, or the file that `voice_model` names."""
VOICES: Final = Path(__file__).parent / "voices"
MOST_SIGNS: Final = 300
"""That are given to it at once; it takes 510, and hurries when there are many."""
THREADS: Final = 1
"""The hall goes before."""
FRAME: Final = 600
"""Samples of a frame: the model counts the length of a sign in frames."""
LENGTHS: Final = "/encoder/Clip_output_0"
"""The tensor in it that holds these lengths."""

_RUNS: Final = (
    (1, ";:,.!?"), (9, "—…\"()“” \u0303ʣʥʦʨᵝꭧAI"), (31, "O"), (33, "Q"), (35, "ST"), (39, "W"),
    (41, "Yᵊabcdef"),
    (50, "hijklmnopqrstuvwxyzɑɐɒæ"), (75, "βɔɕç"), (80, "ɖðʤə"), (85, "ɚɛɜ"), (90, "ɟ"), (92, "ɡ"), (99, "ɥ"),
    (101, "ɨɪʝ"), (110, "ɯɰŋɳɲɴø"), (118, "ɸθœ"), (123, "ɹ"), (125, "ɾɻ"), (128, "ʁɽʂʃʈʧ"), (135, "ʊʋ"),
    (138, "ʌɣɤ"), (142, "χʎ"), (147, "ʒʔ"), (156, "ˈˌː"), (162, "ʰ"), (164, "ʲ"), (169, "↓"), (171, "→↗↘"),
    (177, "ᵻ"),
)  # fmt: skip
SIGNS: Final = {sign: first + n for first, run in _RUNS for n, sign in enumerate(run)}
"""The number by which the model knows each sign (config.json of Kokoro-82M)."""


class BadModel(Exception):
    """The file of the model, or of a voice, is not what it must be; `args`: why, in Chinese and English."""


def read_model(path: str) -> bytes:
    """The model, from this file or, when it is empty, joined from its packages. Raises BadModel."""
    try:
        if path:
            whole = Path(path).read_bytes()
        else:
            whole = b"".join((files(part) / "part.bin").read_bytes() for part in PARTS)
    except (OSError, ImportError) as fault:
        raise BadModel(f"语音模型读不出来：{fault}", f"the voice model cannot be read: {fault}") from fault
    if sha256(whole).hexdigest() != SHA256:
        raise BadModel(
            "语音模型不完整，或者不是 kokoro-v1.0.int8.onnx，请重新安装 linli[voice]",
            "the voice model is damaged, or is not kokoro-v1.0.int8.onnx: install linli[voice] again",
        )
    return whole


def telling_lengths(whole: bytes) -> bytes:
    """The same model that gives out the length of each sign too, so that a word can be cut out of a sentence.

    In the format of ONNX, protobuf, what is added at the end belongs to the graph before: here field 7, the
    graph, with field 12, an output, with field 1, its name.
    """
    return whole + _field(7, _field(12, _field(1, LENGTHS.encode())))


def _field(number: int, content: bytes) -> bytes:
    return bytes((number << 3 | 2, len(content))) + content


class Model:
    """The model, loaded. One thread uses it. Raises BadModel."""

    def __init__(self, path: str = "") -> None:
        self._numpy = import_module("numpy")
        runtime = import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = THREADS
        options.log_severity_level = 3
        whole = telling_lengths(read_model(path))
        try:
            self._session = runtime.InferenceSession(whole, options, providers=["CPUExecutionProvider"])
        except Exception as fault:
            raise BadModel(
                f"语音模型装不上：{fault}", f"the voice model cannot be loaded: {fault}"
            ) from fault
        self._styles: dict[str, Any] = {}

    def speak(self, signs: str, voice: str, speed: float = 1.0) -> tuple[Any, list[int]]:
        """The samples of these signs, floats in −1…1 in an array of numpy, and where in it each sign begins.

        A sample more than there are signs tells where the last one ends. Raises Unreadable, BadModel.
        """
        numpy = self._numpy
        if strange := [sign for sign in signs if sign not in SIGNS]:
            raise Unreadable(strange[0])
        numbers = [SIGNS[sign] for sign in signs]
        style = self._style(voice)[min(len(numbers), len(self._style(voice))) - 1]
        made, lengths = self._session.run(
            None,
            {
                "tokens": numpy.array([[0, *numbers, 0]], dtype=numpy.int64),
                "style": style.astype(numpy.float32).reshape(1, -1),
                "speed": numpy.array([speed], dtype=numpy.float32),
            },
        )
        begins = (numpy.cumsum(lengths.ravel())[: len(numbers) + 1] * FRAME).astype(int).tolist()
        return numpy.asarray(made, dtype=numpy.float32).ravel(), begins

    def _style(self, voice: str) -> Any:
        if voice not in self._styles:
            try:
                self._styles[voice] = self._numpy.load(VOICES / f"{voice}.npy", allow_pickle=False)
            except (OSError, ValueError) as fault:
                raise BadModel(f"没有这个声音：{voice}", f"there is no such voice: {voice}") from fault
        return self._styles[voice]
