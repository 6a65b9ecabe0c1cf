"""Files in an S3 bucket. Loaded when STORAGE_URL is set: boto3 takes long to import."""

import io
from typing import BinaryIO

from botocore.config import Config
from storages.backends.s3 import S3Storage

from config.piecemeal import Piecemeal

SPOOL = 8 * 1024 * 1024  # bytes; a larger file is on disk while it is read


class BucketStorage(S3Storage):
    """One private bucket at Amazon or at anybody who speaks S3.

    No address in it is ever given to a browser: our views read the file and hand it out.
    """

    def __init__(self, **settings):
        super().__init__(**settings)
        # Others than Amazon answer under one name, with the bucket in the path, and not all of them know the
        # checksums that botocore adds unasked; our own hashes tell whether a file is whole.
        self.client_config = self.client_config.merge(
            Config(
                s3={"addressing_style": "path" if self.endpoint_url else "auto"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=5,
                read_timeout=60,
                retries={"mode": "standard", "max_attempts": 4},
            )
        )

    def get_default_settings(self):
        return super().get_default_settings() | {"file_overwrite": False, "max_memory_size": SPOOL}

    def open_piecemeal(self, name: str) -> BinaryIO:
        """Open a file for who reads little of it: a piece of an annex is ten pages of perhaps a thousand."""
        thing = self.open(name).obj

        def fetch(start: int, end: int) -> bytes:
            return thing.get(Range=f"bytes={start}-{end - 1}")["Body"].read()

        return io.BufferedReader(Piecemeal(thing.content_length, fetch))
