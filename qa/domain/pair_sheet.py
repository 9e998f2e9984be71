"""The sheet two colleagues work through together: one skill, three rounds, half an hour."""

from qa.domain.one_to_one import Clip
from qa.domain.text import Text
from transcribe.noun import Noun


class PairSheet(Noun):
    """One skill of one CSR with a colleague who is strong in it.

    places: of the CSR, with what would have been right. examples: of the colleague, where the
    colleague agreed to be heard.
    """

    csr_id: str
    peer_id: str
    skill: Text
    why: Text
    places: tuple[Clip, ...] = ()
    examples: tuple[Clip, ...] = ()
