-- Organisations, their names and parents through time, members, mandates. Periods run from from_on up to, and without,
-- to_on; a null to_on is open. Here the rows are the truth; the journal has one event per act, about persons erasable.
create table organisation (
    id text not null primary key check (length(id) between 1 and 60),
    level text not null check (level in ('nation', 'province', 'city', 'county', 'township', 'basic', 'branch', 'small_group')),
    kind text not null check (kind in ('committee', 'federation', 'industrial', 'single_organiser', 'agency')),
    territory_code text,
    industry_code text,
    credit_code text,
    founded_on text not null check (length(founded_on) = 10),
    ended_on text check (length(ended_on) = 10 and ended_on > founded_on),
    status text not null check (status in ('active', 'merged', 'dissolved')),
    check ((status = 'active') = (ended_on is null))
);

create table organisation_name (
    organisation text not null references organisation (id),
    from_on text not null check (length(from_on) = 10),
    to_on text check (length(to_on) = 10 and to_on > from_on),
    zh_hans text not null check (length(zh_hans) > 0),
    zh_hant text not null check (length(zh_hant) > 0),
    en text not null check (length(en) > 0),
    primary key (organisation, from_on)
);

create table organisation_parent (
    organisation text not null references organisation (id),
    relation text not null check (relation in ('leads', 'approves_elections', 'collects_dues', 'statistics')),
    from_on text not null check (length(from_on) = 10),
    to_on text check (length(to_on) = 10 and to_on > from_on),
    parent text not null references organisation (id),
    primary key (organisation, relation, from_on),
    check (parent <> organisation)
);
create index organisation_parent_by_parent on organisation_parent (parent, relation);

create table member (
    id text not null primary key check (length(id) = 32),
    organisation text not null references organisation (id),
    name text,
    sex text check (sex in ('female', 'male')),
    birth text check (length(birth) in (7, 10)),
    ethnicity text,
    party text,
    education text,
    post text,
    phone text,
    joined_on text not null check (length(joined_on) = 10),
    status text not null check (status in ('member', 'erased')),
    check ((status = 'erased') = (name is null)),
    check (status = 'member' or (sex is null and birth is null and ethnicity is null and party is null
                                 and education is null and post is null and phone is null))
);
create index member_by_organisation on member (organisation, name);

create table mandate (
    id text not null primary key check (length(id) = 32),
    member text not null references member (id),
    congress text not null check (length(congress) > 0),
    unit text not null references organisation (id),
    number integer not null check (number > 0),
    delegation text not null check (length(delegation) > 0),
    category text not null,
    head integer not null check (head in (0, 1)),
    from_on text not null check (length(from_on) = 10),
    to_on text check (length(to_on) = 10 and to_on >= from_on),
    status text not null check (status in ('standing', 'resigned', 'moved_away', 'recalled', 'died', 'term_ended')),
    replaced_by text references mandate (id),
    unique (congress, number),
    check ((status = 'standing') = (to_on is null)),
    check (replaced_by is null or status <> 'standing')
);
create unique index mandate_standing on mandate (congress, member) where status = 'standing';
