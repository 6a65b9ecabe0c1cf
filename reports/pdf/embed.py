"""Files inside the file: originals of annexes, and the data behind what is printed."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file to embed: its name as readers see it, content, MIME type, what it is, and what it is to the pages.

    `relationship` is PDF/A-3's: Supplement for what belongs to the text, Data for what its tables are made of.
    """

    name: str
    data: bytes | Path
    mime: str
    description: str
    relationship: Literal["Supplement", "Data"]
    dated: dt.date | None = None


def embed(pdf: Pdf, files: Sequence[Embedded]) -> None:
    """Embed the files. The same files give the same bytes; two of the same name are told apart by a number."""
    if not files:
        return
    names = NameTree.new(pdf)
    specifications = Array()
    for name, file in zip(told_apart([file.name for file in files]), files, strict=True):
        specification = pdf.make_indirect(specification_of(pdf, file, name))
        names[name] = specification
        specifications.append(specification)
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = names.obj
    pdf.Root.AF = specifications


def told_apart(names: Sequence[str]) -> list[str]:
    """Return the names, each once: `plan.pdf`, `plan (2).pdf`."""
    found: list[str] = []
    for name in names:
        path, number, free = Path(name), 1, name
        while free in found:
            number += 1
            free = f"{path.stem} ({number}){path.suffix}"
        found.append(free)
    return found


def specification_of(pdf: Pdf, file: Embedded, name: str) -> Dictionary:
    stream = stream_of(pdf, file)
    return Dictionary(
        Type=Name.Filespec,
        F=String(name),
        UF=String(name),
        Desc=String(file.description),
        AFRelationship=Name(f"/{file.relationship}"),
        EF=Dictionary(F=stream, UF=stream),
    )


def stream_of(pdf: Pdf, file: Embedded) -> pikepdf.Object:
    data = file.data.read_bytes() if isinstance(file.data, Path) else file.data
    # PDF prescribes MD5, which here guards against mishaps, not against anybody.
    checksum = hashlib.md5(data, usedforsecurity=False).digest()
    params = Dictionary(Size=len(data), CheckSum=String(checksum))
    if file.dated:
        params.ModDate = String(f"D:{file.dated:%Y%m%d}")
    return pdf.make_stream(data, Type=Name.EmbeddedFile, Subtype=Name(f"/{file.mime}"), Params=params)
