"""Files in a folder of this machine, whole or not at all."""

from typing import BinaryIO

from django.core.files.storage import FileSystemStorage


class FolderStorage(FileSystemStorage):
    """MEDIA_ROOT. What a full disk cuts short is not left behind: no row would ever name it."""

    def _save(self, name, content):
        try:
            return super()._save(name, content)
        except OSError:
            # Nobody else's: every name has a random part.
            self.delete(name)
            raise

    def open_piecemeal(self, name: str) -> BinaryIO:
        """Open a file for who reads little of it: here all of it is at hand."""
        return self.open(name).file
