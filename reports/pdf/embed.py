"""Files inside the file: originals of annexes, and the data behind what is printed."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String

from reports.pdf.orders import Embedded


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
