"""Foreign PDFs in a file of ours, which stays conformant whatever they are.

    judge(file)          merged, as images or attached, and why; reads the file once
    pieces_of(annex)     the parts that it becomes; cheap, nothing is opened
    piece.html(), .pdf() a part's content; dear, for the workers
    embedded(annex)      the original, for `assemble`, where a piece `embeds`

Nothing here knows a case or the database.
"""

from reports.annexes.pieces import Annex, AnnexPiece, embedded, pieces_of
from reports.annexes.verdict import OFFICE, Judgement, Reason, Verdict, judge

__all__ = [
    "OFFICE",
    "Annex",
    "AnnexPiece",
    "Judgement",
    "Reason",
    "Verdict",
    "embedded",
    "judge",
    "pieces_of",
]
