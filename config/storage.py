"""Files in an S3 bucket. Loaded when STORAGE_URL is set: boto3 takes long to import."""

from botocore.config import Config
from storages.backends.s3 import S3Storage

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
