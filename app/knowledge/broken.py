"""Why a document cannot be taken."""

from app.care.ingesting import UnreadableDocumentError


class BrokenDocumentError(UnreadableDocumentError):
    """`reason` is meant for the document's author and names the field or place."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name
        self.reason = reason
