"""How large a file of a request may be: reading stops before it fills memory or disk."""

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from placeplan.app.plan_uploads import LARGEST_UPLOAD, MEBIBYTE

LARGEST_READ = LARGEST_UPLOAD + MEBIBYTE  # a file a little too large is read, so that the page can say so


class SizedUploads(FileUploadHandler):
    """Stops reading a file that turns out to be larger than any that a page takes; the page then has no file."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Called by Django with each part of a file, and where in the file it starts."""
        if start + len(raw_data) > LARGEST_READ:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Called by Django at the end of a file; the handlers after this one keep it."""
