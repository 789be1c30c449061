-- The statements that search: they are SQLite's own, unlike those of queries.sql. :term is a
-- query of FTS5, made of folded words alone.

-- name: find_threads
-- The owner's threads that have a term in their title, with 0; and those that have it in
-- items, with the newest of these.
SELECT threads.seq, 0
    FROM thread_search
    CROSS JOIN threads ON threads.seq = thread_search.rowid
    WHERE thread_search MATCH :term AND threads.owner = :owner
UNION ALL
SELECT items.thread, MAX(items.seq)
    FROM item_search
    CROSS JOIN items ON items.seq = item_search.rowid
    CROSS JOIN threads ON threads.seq = items.thread
    WHERE item_search MATCH :term AND threads.owner = :owner
    GROUP BY items.thread;
