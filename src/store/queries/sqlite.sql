-- What only the SQLite driver asks.
-- name: objects
select type, name, tbl_name, coalesce(sql, '') from sqlite_schema where name not like 'sqlite@_%' escape '@' order by name;
