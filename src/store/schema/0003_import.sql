-- What the member ledgers of unions keep beside name and telephone, and where a member came from. The version of a row
-- counts its changes, so that a person who edits an old one is told.
alter table member add column identity text check (length(identity) between 1 and 40);
alter table member add column joined_union text check (length(joined_union) in (7, 10));
alter table member add column employment text;
alter table member add column remark text;
alter table member add column import text check (length(import) = 32);
alter table member add column version integer not null default 1;
create index member_by_identity on member (identity);
create index member_by_name on member (name, phone);
create index member_by_import on member (import);

create table import (
    id text not null primary key check (length(id) = 32),
    organisation text not null references organisation (id),
    file text not null,
    digest text not null check (length(digest) = 64),
    on_day text not null check (length(on_day) = 10),
    members integer not null check (members > 0),
    undone_at text
);

create table sheet_heading (
    organisation text not null references organisation (id),
    heading text not null,
    meaning text not null,
    primary key (organisation, heading)
);
