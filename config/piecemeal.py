"""A file elsewhere, of which only that is fetched which is read."""

import io
import tempfile
from collections.abc import Callable

BLOCK = 1024 * 1024  # bytes; ten pages of an annex mostly lie in one or two


class Piecemeal(io.RawIOBase):
    """A file of so many bytes. `fetch(start, end)` gives those from start up to end; none is fetched twice."""

    def __init__(self, size: int, fetch: Callable[[int, int], bytes]) -> None:
        self._size, self._fetch = size, fetch
        self._at = 0
        self._blocks: set[int] = set()
        self._kept = tempfile.TemporaryFile()  # with holes, which take no room  # noqa: SIM115  closed by `close`

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence] + offset
        return self._at

    def readinto(self, buffer) -> int:
        """Fill the buffer as far as the block reaches in which the reader is."""
        if self._at >= self._size:
            return 0
        block = self._at // BLOCK
        self._have(block)
        self._kept.seek(self._at)
        content = self._kept.read(min(len(buffer), (block + 1) * BLOCK - self._at))
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)

    def close(self) -> None:
        self._kept.close()
        super().close()

    def _have(self, block: int) -> None:
        if block not in self._blocks:
            start = block * BLOCK
            self._kept.seek(start)
            self._kept.write(self._fetch(start, min(start + BLOCK, self._size)))
            self._blocks.add(block)
