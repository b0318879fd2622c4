-- The hash-chained journal; what each column means and what is hashed is in docs/formats/journal.md.
create table journal (
    one integer not null primary key check (one = 1),
    id text not null check (length(id) = 32),
    genesis text not null check (length(genesis) = 64)
);

create table event (
    seq integer not null primary key check (seq > 0),
    stream text not null check (length(stream) > 0),
    kind text not null check (length(kind) > 0),
    actor text not null check (length(actor) > 0),
    act text not null check (length(act) > 0),
    key text not null check (length(key) > 0),
    ordinal integer not null check (ordinal >= 0),
    request text not null check (length(request) = 64),
    at text not null check (length(at) = 24),
    body text not null,
    personal text,
    salt text check (length(salt) = 64),
    digest text check (length(digest) = 64),
    prev text not null check (length(prev) = 64),
    hash text not null check (length(hash) = 64),
    unique (key, ordinal),
    check ((personal is null) = (salt is null)),
    check (personal is null or digest is not null)
);
