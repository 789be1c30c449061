-- Every statement of the stores that speak SQL, in the dialect that SQLite and PostgreSQL
-- share. Whose rows a statement may touch is part of it: its WHERE names the owner. The few
-- that work on all owners' rows say why. CROSS JOIN is a join whose left table SQLite is to
-- look at first.

-- name: find_thread
-- Whether a thread exists and is the owner's.
SELECT seq FROM threads WHERE id = :thread_id AND owner = :owner;

-- name: load_thread
-- One thread's metadata.
SELECT data FROM threads WHERE id = :thread_id AND owner = :owner;

-- name: save_thread
-- Insert a thread at the end, or replace it in its place; no row if it is another owner's.
INSERT INTO threads (id, owner, data) VALUES (:thread_id, :owner, :data)
    ON CONFLICT (id) DO UPDATE SET data = excluded.data WHERE threads.owner = excluded.owner
    RETURNING seq;

-- name: save_thread_words
-- Keep the words of a thread's title.
INSERT INTO thread_words (thread, words)
    SELECT seq, :words FROM threads WHERE id = :thread_id AND owner = :owner
    ON CONFLICT (thread) DO UPDATE SET words = excluded.words
        WHERE thread_words.words <> excluded.words;

-- name: forget_thread_words
-- The same for a title without any.
DELETE FROM thread_words
    WHERE thread = (SELECT seq FROM threads WHERE id = :thread_id AND owner = :owner);

-- name: load_found_thread
-- A thread that was found, by its place.
SELECT data FROM threads WHERE seq = :thread AND owner = :owner;

-- name: load_found_item
-- An item that was found, by its place.
SELECT items.data, items.dynamic
    FROM items JOIN threads ON threads.seq = items.thread
    WHERE items.seq = :item AND threads.owner = :owner;

-- name: load_threads_asc
-- The first page of threads, oldest first.
SELECT data FROM threads WHERE owner = :owner ORDER BY seq LIMIT :count;

-- name: load_threads_asc_after
-- A page of threads, oldest first. What is unknown has no place, so nothing follows it.
SELECT data FROM threads
    WHERE owner = :owner AND seq > COALESCE(
        (SELECT seq FROM threads WHERE id = :after AND owner = :owner),
        (SELECT seq FROM deleted_threads WHERE id = :after AND owner = :owner)
    )
    ORDER BY seq LIMIT :count;

-- name: load_threads_desc
-- The first page of threads, newest first.
SELECT data FROM threads WHERE owner = :owner ORDER BY seq DESC LIMIT :count;

-- name: load_threads_desc_after
-- A page of threads, newest first. What is unknown has no place, so nothing follows it.
SELECT data FROM threads
    WHERE owner = :owner AND seq < COALESCE(
        (SELECT seq FROM threads WHERE id = :after AND owner = :owner),
        (SELECT seq FROM deleted_threads WHERE id = :after AND owner = :owner)
    )
    ORDER BY seq DESC LIMIT :count;

-- name: find_thread_place
-- Whether a thread is or was there: what a page of threads may start after.
SELECT seq FROM threads WHERE id = :after AND owner = :owner
UNION ALL
SELECT seq FROM deleted_threads WHERE id = :after AND owner = :owner;

-- name: remember_deleted_thread
-- Keep the place of a thread that is about to be deleted.
INSERT INTO deleted_threads (owner, id, seq, deleted_at)
    SELECT owner, id, seq, CAST(:now AS REAL)
    FROM threads WHERE id = :thread_id AND owner = :owner
    ON CONFLICT (owner, id) DO UPDATE
        SET seq = excluded.seq, deleted_at = excluded.deleted_at;

-- name: forget_deleted_threads
-- Housekeeping for all owners: forget the places that nobody goes on from any more.
DELETE FROM deleted_threads WHERE deleted_at < :before;

-- name: delete_thread
-- Delete a thread, and with it everything that refers to it.
DELETE FROM threads WHERE id = :thread_id AND owner = :owner RETURNING seq;

-- name: load_item
-- One finished item.
SELECT items.data, items.dynamic
    FROM threads JOIN items ON items.thread = threads.seq
    WHERE threads.id = :thread_id AND threads.owner = :owner
        AND items.id = :item_id AND items.finished;

-- name: load_items_asc
-- The first page of finished items, oldest first.
SELECT items.data, items.dynamic
    FROM threads JOIN items ON items.thread = threads.seq
    WHERE threads.id = :thread_id AND threads.owner = :owner AND items.finished
    ORDER BY items.seq LIMIT :count;

-- name: load_items_asc_after
-- A page of finished items, oldest first. What is unknown has no place.
SELECT items.data, items.dynamic
    FROM threads JOIN items ON items.thread = threads.seq
    WHERE threads.id = :thread_id AND threads.owner = :owner AND items.finished
        AND items.seq > COALESCE(
            (SELECT named.seq FROM items AS named
                WHERE named.thread = threads.seq AND named.id = :after AND named.finished),
            (SELECT named.seq FROM deleted_items AS named
                WHERE named.thread = threads.seq AND named.id = :after)
        )
    ORDER BY items.seq LIMIT :count;

-- name: load_items_desc
-- The first page of finished items, newest first.
SELECT items.data, items.dynamic
    FROM threads JOIN items ON items.thread = threads.seq
    WHERE threads.id = :thread_id AND threads.owner = :owner AND items.finished
    ORDER BY items.seq DESC LIMIT :count;

-- name: load_items_desc_after
-- A page of finished items, newest first. What is unknown has no place.
SELECT items.data, items.dynamic
    FROM threads JOIN items ON items.thread = threads.seq
    WHERE threads.id = :thread_id AND threads.owner = :owner AND items.finished
        AND items.seq < COALESCE(
            (SELECT named.seq FROM items AS named
                WHERE named.thread = threads.seq AND named.id = :after AND named.finished),
            (SELECT named.seq FROM deleted_items AS named
                WHERE named.thread = threads.seq AND named.id = :after)
        )
    ORDER BY items.seq DESC LIMIT :count;

-- name: find_item_place
-- Whether a finished item is or was there: what a page of items may start after.
SELECT items.seq FROM threads JOIN items ON items.thread = threads.seq
    WHERE threads.id = :thread_id AND threads.owner = :owner
        AND items.id = :after AND items.finished
UNION ALL
SELECT deleted_items.seq FROM threads JOIN deleted_items ON deleted_items.thread = threads.seq
    WHERE threads.id = :thread_id AND threads.owner = :owner AND deleted_items.id = :after;

-- name: save_item
-- Insert an item at the end, or replace or finish it in its place; no row without its thread.
INSERT INTO items (thread, id, finished, dynamic, data)
    SELECT seq, :item_id, TRUE, CAST(:dynamic AS BOOLEAN), :data
    FROM threads WHERE id = :thread_id AND owner = :owner
    ON CONFLICT (thread, id) DO UPDATE
        SET finished = TRUE, dynamic = excluded.dynamic, data = excluded.data
    RETURNING seq;

-- name: save_item_words
-- Keep the words that an item is found by.
INSERT INTO item_words (item, words)
    SELECT items.seq, :words FROM threads JOIN items ON items.thread = threads.seq
    WHERE threads.id = :thread_id AND threads.owner = :owner AND items.id = :item_id
    ON CONFLICT (item) DO UPDATE SET words = excluded.words
        WHERE item_words.words <> excluded.words;

-- name: forget_item_words
-- The same for an item without any.
DELETE FROM item_words WHERE item = (
    SELECT items.seq FROM threads JOIN items ON items.thread = threads.seq
    WHERE threads.id = :thread_id AND threads.owner = :owner AND items.id = :item_id
);

-- name: keep_unfinished_item
-- The same for an item that is still being made; one that is finished already stays as it is.
INSERT INTO items (thread, id, finished, dynamic, data)
    SELECT seq, :item_id, FALSE, CAST(:dynamic AS BOOLEAN), :data
    FROM threads WHERE id = :thread_id AND owner = :owner
    ON CONFLICT (thread, id) DO UPDATE
        SET dynamic = excluded.dynamic, data = excluded.data
        WHERE NOT items.finished;

-- name: remember_deleted_item
-- Keep the place of an item that is about to be deleted.
INSERT INTO deleted_items (thread, id, seq, deleted_at)
    SELECT items.thread, items.id, items.seq, CAST(:now AS REAL)
    FROM threads JOIN items ON items.thread = threads.seq
    WHERE threads.id = :thread_id AND threads.owner = :owner
        AND items.id = :item_id AND items.finished
    ON CONFLICT (thread, id) DO UPDATE
        SET seq = excluded.seq, deleted_at = excluded.deleted_at;

-- name: forget_deleted_items
-- Housekeeping for all owners: the same for the places of items.
DELETE FROM deleted_items WHERE deleted_at < :before;

-- name: delete_item
-- Delete an item, finished or not.
DELETE FROM items
    WHERE id = :item_id
        AND thread = (SELECT seq FROM threads WHERE id = :thread_id AND owner = :owner);

-- name: load_attachment
-- One attachment.
SELECT data FROM attachments WHERE id = :attachment_id AND owner = :owner;

-- name: save_attachment
-- Insert or replace an attachment; no row if it is another owner's.
INSERT INTO attachments (id, owner, created_at, data)
    VALUES (:attachment_id, :owner, :created_at, :data)
    ON CONFLICT (id) DO UPDATE SET data = excluded.data
        WHERE attachments.owner = excluded.owner
    RETURNING id;

-- name: use_attachment
-- Remember that a thread uses an attachment, by its id alone.
INSERT INTO thread_attachments (thread, attachment_id)
    SELECT seq, :attachment_id FROM threads WHERE id = :thread_id AND owner = :owner
    ON CONFLICT (thread, attachment_id) DO NOTHING;

-- name: delete_attachment
-- Delete an attachment; no row if it is unknown or another owner's.
DELETE FROM attachments WHERE id = :attachment_id AND owner = :owner RETURNING id;

-- name: find_foreign_attachment
-- Whether an attachment is another owner's.
SELECT id FROM attachments WHERE id = :attachment_id AND owner <> :owner;

-- name: find_attachments_of_one_thread
-- The attachments that one thread has used and no other thread of the owner.
SELECT attachments.id
    FROM threads
    JOIN thread_attachments AS used ON used.thread = threads.seq
    JOIN attachments
        ON attachments.id = used.attachment_id AND attachments.owner = threads.owner
    WHERE threads.id = :thread_id AND threads.owner = :owner AND NOT EXISTS (
        SELECT 1 FROM thread_attachments AS also_used CROSS JOIN threads AS others
            WHERE also_used.attachment_id = attachments.id AND others.seq = also_used.thread
                AND others.seq <> threads.seq AND others.owner = threads.owner
    );

-- name: delete_unused_attachments
-- Housekeeping, hence for all owners: delete what none of its owner's threads uses.
DELETE FROM attachments
    WHERE created_at <= :before AND NOT EXISTS (
        SELECT 1 FROM thread_attachments AS used CROSS JOIN threads
            WHERE used.attachment_id = attachments.id AND threads.seq = used.thread
                AND threads.owner = attachments.owner
    )
    RETURNING id;

-- name: find_any_attachment
-- Housekeeping, hence for all owners: whether bytes have a record.
SELECT id FROM attachments WHERE id = :attachment_id;

-- name: load_turn
-- The latest turn of a thread; a row with nothing in it where the thread has had none.
SELECT turns.data FROM threads LEFT JOIN turns ON turns.thread = threads.seq
    WHERE threads.id = :thread_id AND threads.owner = :owner;

-- name: save_turn
-- Keep a turn as the thread's latest, and who runs it; no row without its thread.
INSERT INTO turns (thread, running, process, data)
    SELECT seq, CAST(:running AS BOOLEAN), :process, :data
    FROM threads WHERE id = :thread_id AND owner = :owner
    ON CONFLICT (thread) DO UPDATE
        SET running = excluded.running, process = excluded.process, data = excluded.data
    RETURNING thread;

-- name: forget_unfinished_items
-- Delete what a turn never finished.
DELETE FROM items
    WHERE NOT finished
        AND thread = (SELECT seq FROM threads WHERE id = :thread_id AND owner = :owner);

-- name: load_running_turns
-- At start: what was running, whoever owns its thread, and in which process.
SELECT thread, process, data FROM turns WHERE running;

-- name: interrupt_turn
-- At start: mark one of them.
UPDATE turns SET running = FALSE, data = :data WHERE thread = :thread;

-- name: load_unfinished_items
-- At start, once the interrupted turns are marked: what they had shown.
SELECT seq, data, dynamic FROM items
    WHERE NOT finished AND NOT EXISTS (
        SELECT 1 FROM turns WHERE turns.thread = items.thread AND turns.running
    );

-- name: finish_item
-- At start: make one of them an ordinary item, in its place.
UPDATE items SET finished = TRUE, dynamic = :dynamic, data = :data WHERE seq = :seq;

-- name: add_item_words
-- At start: keep the words that one of them is found by.
INSERT INTO item_words (item, words) VALUES (:seq, :words);

-- name: drop_item
-- At start: forget one that nobody can have seen.
DELETE FROM items WHERE seq = :seq;

-- name: save_feedback
-- Keep the opinion on an item; no row if there is no such finished item.
UPDATE items SET feedback = :kind
    WHERE id = :item_id AND finished
        AND thread = (SELECT seq FROM threads WHERE id = :thread_id AND owner = :owner)
    RETURNING seq;

-- name: load_feedback
-- The opinions on a thread's items; a row with nothing in it where there are none.
SELECT items.id, items.feedback
    FROM threads
    LEFT JOIN items ON items.thread = threads.seq AND items.feedback IS NOT NULL
    WHERE threads.id = :thread_id AND threads.owner = :owner
    ORDER BY items.seq;

-- name: save_todo
-- Insert a task at the end, or replace it in its place; no row if it is another owner's.
INSERT INTO todos (id, owner, data) VALUES (:todo_id, :owner, :data)
    ON CONFLICT (id) DO UPDATE SET data = excluded.data WHERE todos.owner = excluded.owner
    RETURNING seq;

-- name: load_todos
-- All of an owner's tasks, in the order they were first saved.
SELECT data FROM todos WHERE owner = :owner ORDER BY seq;

-- name: delete_todo
-- Delete a task; no row if it is unknown or another owner's.
DELETE FROM todos WHERE id = :todo_id AND owner = :owner RETURNING seq;
