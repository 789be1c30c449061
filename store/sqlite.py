"""The store for one machine: a SQLite file."""

from pathlib import Path

from store.database import Database
from store.files import AttachmentFiles
from store.search import SQLiteSearch
from store.sql.attachments import SQLAttachments
from store.sql.feedback import SQLFeedback
from store.sql.items import SQLItems
from store.sql.threads import SQLThreads
from store.sql.todos import SQLTodos
from store.sql.turns import SQLTurns


class SQLiteStore(
    SQLThreads, SQLItems, SQLAttachments, SQLTurns, SQLFeedback, SQLTodos, SQLiteSearch
):
    """ChatKit's `Store` in a SQLite database, and all of our capabilities.

    Nothing is opened before the first call. What a call has acknowledged is on the disk.
    Several processes of one machine may use one database: they wait for each other's writes,
    and when one starts, it leaves the turns that run in another that lives.

    Attributes:
        db_path: the path or URI it was made with.

    Args:
        db_path: a path, also as ``sqlite:///path``; ``:memory:``; or a SQLite URI
            (``file:…``). The folder is made if it is missing.
        files: where the bytes of attachments are, to be deleted with them.
    """

    def __init__(self, db_path: str | Path, files: AttachmentFiles | None = None) -> None:
        self.db_path = str(db_path)
        super().__init__(Database(self.db_path.removeprefix("sqlite:///")), files)
