"""How a worker and its children speak: frames of eight bytes of length and then the bytes."""

import struct
from typing import BinaryIO

LENGTH = struct.Struct(">Q")
# The first byte of an answer.
DONE, REFUSED = b"D", b"E"


def read_frame(stream: BinaryIO) -> bytes | None:
    """Return the next frame, or None at the end."""
    head = stream.read(LENGTH.size)
    return stream.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None


def write_frame(stream: BinaryIO, content: bytes) -> None:
    stream.write(LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()
