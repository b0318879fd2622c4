-- name: founding
select one, id, genesis from journal order by one;

-- name: found
insert into journal (one, id, genesis) values (1, $1, $2);

-- name: last
select seq, hash, at from event order by seq desc limit 1;

-- name: append
insert into event (seq, stream, kind, actor, act, key, ordinal, request, at, body, personal, salt, digest, prev, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: of_key
select seq, actor, act, request, at, hash from event where key = $1 order by ordinal;

-- name: all
select seq, stream, kind, actor, act, key, ordinal, request, at, body, personal, salt, digest, prev, hash
from event order by seq;

-- name: after
select seq, stream, kind, actor, act, key, ordinal, request, at, body, personal, salt, digest, prev, hash
from event where seq > $1 order by seq limit $2;

-- name: one
select seq, stream, kind, actor, act, key, ordinal, request, at, body, personal, salt, digest, prev, hash
from event where seq = $1;

-- name: erase
update event set personal = null, salt = null where seq = $1;

-- name: of_stream_after
select seq, actor, at, act, body, kind from event where stream = $1 and seq > $2 order by seq;

-- name: last_of_stream
select coalesce(max(seq), 0) from event where stream = $1;

-- name: last_of_organisations
select stream, max(seq) from event where stream >= 'organisation/' and stream < 'organisation0' group by stream;
