-- Which process runs a turn, by the name that `store.presence` gives it.
ALTER TABLE turns ADD COLUMN process TEXT;
