-- When what is gone was deleted, in Unix seconds: nobody goes on from there for ever.
ALTER TABLE deleted_threads ADD COLUMN deleted_at REAL NOT NULL DEFAULT 0;
ALTER TABLE deleted_items ADD COLUMN deleted_at REAL NOT NULL DEFAULT 0;
UPDATE deleted_threads SET deleted_at = (julianday('now') - 2440587.5) * 86400;
UPDATE deleted_items SET deleted_at = (julianday('now') - 2440587.5) * 86400;
CREATE INDEX deleted_threads_by_age ON deleted_threads (deleted_at);
CREATE INDEX deleted_items_by_age ON deleted_items (deleted_at);
