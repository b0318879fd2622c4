-- Applied before every numbered step. In this folder a line that is only ");" ends a table.
create table if not exists migration (
    number integer not null primary key check (number > 0),
    name text not null,
    hash text not null check (length(hash) = 64),
    at text not null
);
