-- Threads of all owners; seq is both the key that other tables use and the order of
-- first insertion. AUTOINCREMENT, here and below, so that no number is ever used twice.
CREATE TABLE threads (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX threads_in_order ON threads (owner, seq);

-- Where deleted threads were: a page that was asked for after one goes on from there.
CREATE TABLE deleted_threads (
    owner TEXT NOT NULL,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (owner, id)
);

-- Items of threads. An unfinished one is still being made by a running turn.
CREATE TABLE items (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    thread INTEGER NOT NULL REFERENCES threads (seq) ON DELETE CASCADE,
    id TEXT NOT NULL,
    finished BOOLEAN NOT NULL,
    dynamic BOOLEAN NOT NULL,
    feedback TEXT,
    data TEXT NOT NULL,
    UNIQUE (thread, id)
);
CREATE INDEX items_in_order ON items (thread, seq) WHERE finished;
CREATE INDEX unfinished_items ON items (thread) WHERE NOT finished;
CREATE INDEX items_with_feedback ON items (thread) WHERE feedback IS NOT NULL;

-- Where deleted items were, for the same reason.
CREATE TABLE deleted_items (
    thread INTEGER NOT NULL REFERENCES threads (seq) ON DELETE CASCADE,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (thread, id)
);

-- What the SDK knows of attachments; their bytes are files. created_at is in Unix seconds.
CREATE TABLE attachments (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    created_at REAL NOT NULL,
    data TEXT NOT NULL
);

-- Which threads have used which attachments. An id may be one that is saved only later.
CREATE TABLE thread_attachments (
    thread INTEGER NOT NULL REFERENCES threads (seq) ON DELETE CASCADE,
    attachment_id TEXT NOT NULL,
    PRIMARY KEY (thread, attachment_id)
);
CREATE INDEX threads_of_attachment ON thread_attachments (attachment_id);

-- The latest turn of each thread.
CREATE TABLE turns (
    thread INTEGER PRIMARY KEY REFERENCES threads (seq) ON DELETE CASCADE,
    running BOOLEAN NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX running_turns ON turns (thread) WHERE running;

-- The Todo assistant's tasks.
CREATE TABLE todos (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX todos_in_order ON todos (owner, seq);
