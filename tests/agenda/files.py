"""Files as a browser sends them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import pdf_bytes


def upload(*lines, name="bilaga.pdf"):
    return SimpleUploadedFile(name, pdf_bytes(*lines), content_type="application/pdf")
