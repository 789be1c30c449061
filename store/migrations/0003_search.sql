-- What can be searched: the words of threads' titles and of finished items, as `store.words`
-- makes them. Every row is found through its thread, whose owner the statements name.
CREATE TABLE thread_words (
    thread INTEGER PRIMARY KEY REFERENCES threads (seq) ON DELETE CASCADE,
    words TEXT NOT NULL
);
CREATE TABLE item_words (
    item INTEGER PRIMARY KEY REFERENCES items (seq) ON DELETE CASCADE,
    words TEXT NOT NULL
);

-- words_of_thread and words_of_item are functions of this program, needed here alone.
INSERT INTO thread_words (thread, words) SELECT seq, words_of_thread(data) FROM threads;
INSERT INTO item_words (item, words)
    SELECT seq, words_of_item(data, dynamic) FROM items WHERE finished;
DELETE FROM thread_words WHERE words = '';
DELETE FROM item_words WHERE words = '';

-- The words are folded and have one space between them: the ascii tokenizer just splits them.
CREATE VIRTUAL TABLE thread_search USING fts5 (
    words, content = 'thread_words', content_rowid = 'thread', tokenize = 'ascii', columnsize = 0
);
CREATE VIRTUAL TABLE item_search USING fts5 (
    words, content = 'item_words', content_rowid = 'item', tokenize = 'ascii', columnsize = 0
);
INSERT INTO thread_search (thread_search) VALUES ('rebuild');
INSERT INTO item_search (item_search) VALUES ('rebuild');

-- The indexes follow the words, also where those go with their item or thread.
CREATE TRIGGER thread_words_inserted AFTER INSERT ON thread_words BEGIN
    INSERT INTO thread_search (rowid, words) VALUES (new.thread, new.words);
END;
CREATE TRIGGER thread_words_deleted AFTER DELETE ON thread_words BEGIN
    INSERT INTO thread_search (thread_search, rowid, words)
        VALUES ('delete', old.thread, old.words);
END;
CREATE TRIGGER thread_words_changed AFTER UPDATE ON thread_words BEGIN
    INSERT INTO thread_search (thread_search, rowid, words)
        VALUES ('delete', old.thread, old.words);
    INSERT INTO thread_search (rowid, words) VALUES (new.thread, new.words);
END;
CREATE TRIGGER item_words_inserted AFTER INSERT ON item_words BEGIN
    INSERT INTO item_search (rowid, words) VALUES (new.item, new.words);
END;
CREATE TRIGGER item_words_deleted AFTER DELETE ON item_words BEGIN
    INSERT INTO item_search (item_search, rowid, words) VALUES ('delete', old.item, old.words);
END;
CREATE TRIGGER item_words_changed AFTER UPDATE ON item_words BEGIN
    INSERT INTO item_search (item_search, rowid, words) VALUES ('delete', old.item, old.words);
    INSERT INTO item_search (rowid, words) VALUES (new.item, new.words);
END;
