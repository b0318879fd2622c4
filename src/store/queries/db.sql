-- name: savepoint
savepoint part;

-- name: keep_savepoint
release savepoint part;

-- name: undo_savepoint
rollback to savepoint part;

-- name: migrations
select number, name, hash from migration order by number;

-- name: record_migration
insert into migration (number, name, hash, at) values ($1, $2, $3, $4);
