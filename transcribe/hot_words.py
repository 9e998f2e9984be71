"""Which words and phrases the recogniser is told before it hears, and in which order."""

from collections.abc import Callable, Sequence

from transcribe.text import is_cjk

# Whisper keeps half of its 448 positions for what came before; the rest must hold the words.
MOST_TOKENS = 200


def fitting(
    words: Sequence[str], language: str, tokens_of: Callable[[str], int], most: int = MOST_TOKENS
) -> str:
    """The words of a language, joined, as many from the front as fit; "" for none.

    Words with a Han character are Mandarin's, the others English's; Mandarin takes Latin names
    (brands) too, after its own.
    """
    own = [word for word in dict.fromkeys(w.strip() for w in words) if word]
    han = [word for word in own if any(is_cjk(char) for char in word)]
    latin = [word for word in own if word not in han]
    mark = "，" if language == "zh" else ", "
    told = ""
    for word in han + latin if language == "zh" else latin:
        longer = f"{told}{mark}{word}" if told else word
        if tokens_of(longer) > most:
            break
        told = longer
    return told
