-- name: organisation
select id, level, kind, territory_code, industry_code, credit_code, founded_on, ended_on, status
from organisation where id = $1;

-- name: add_organisation
insert into organisation (id, level, kind, territory_code, industry_code, credit_code, founded_on, ended_on, status)
values ($1, $2, $3, $4, $5, $6, $7, null, 'active');

-- name: end_organisation
update organisation set ended_on = $2, status = $3 where id = $1;

-- name: names_of
select from_on, to_on, zh_hans, zh_hant, en from organisation_name where organisation = $1 order by from_on;

-- name: add_name
insert into organisation_name (organisation, from_on, to_on, zh_hans, zh_hant, en) values ($1, $2, null, $3, $4, $5);

-- name: end_name
update organisation_name set to_on = $2 where organisation = $1 and to_on is null;

-- name: parents_of
select relation, from_on, to_on, parent from organisation_parent where organisation = $1 and relation = $2
order by from_on;

-- name: add_parent
insert into organisation_parent (organisation, relation, from_on, to_on, parent) values ($1, $2, $3, $4, $5);

-- name: end_parent
update organisation_parent set to_on = $3 where organisation = $1 and relation = $2 and to_on is null;

-- name: end_parents
update organisation_parent set to_on = $2 where organisation = $1 and to_on is null and from_on < $2;

-- name: later_parents
select count(*) from organisation_parent
where (organisation = $1 or parent = $1) and (from_on >= $2 or (to_on is not null and to_on > $2));

-- name: open_children
select count(*) from organisation_parent where parent = $1 and to_on is null;

-- name: organisations_at
select o.id, o.level, o.kind, o.territory_code, o.industry_code, o.credit_code, o.founded_on, o.ended_on, o.status,
       n.zh_hans, n.zh_hant, n.en
from organisation o
join organisation_name n on n.organisation = o.id and n.from_on <= $1 and (n.to_on is null or n.to_on > $1)
where o.founded_on <= $1 and (o.ended_on is null or o.ended_on > $1)
order by o.id;

-- name: parents_at
select organisation, relation, parent, from_on, to_on from organisation_parent
where from_on <= $1 and (to_on is null or to_on > $1)
order by organisation, relation;

-- name: children_named_at
select n.organisation, n.zh_hans, n.zh_hant, n.en
from organisation_parent p
join organisation_name n on n.organisation = p.organisation and n.from_on <= $2 and (n.to_on is null or n.to_on > $2)
where p.parent = $1 and p.relation = 'leads' and p.from_on <= $2 and (p.to_on is null or p.to_on > $2)
order by n.organisation;

-- name: counts
select organisation, count(*), coalesce(sum(case when sex = 'female' then 1 else 0 end), 0)
from member where status = 'member' group by organisation order by organisation;

-- name: count_members
select count(*) from member where organisation = $1 and status = 'member';

-- name: member
select id, organisation, name, sex, birth, ethnicity, party, education, post, phone, joined_on, status, identity,
       joined_union, employment, remark, version
from member where id = $1;

-- name: members_of
select id, organisation, name, sex, birth, ethnicity, party, education, post, phone, joined_on, status, identity,
       joined_union, employment, remark, version
from member where organisation = $1 and status = 'member' order by name, id;

-- name: members_called
select id, sex, birth from member
where organisation = $1 and name = $2 and phone = $3 and status = 'member' order by id;

-- name: add_member
insert into member (id, organisation, name, sex, birth, ethnicity, party, education, post, phone, joined_on, status,
                    identity, joined_union, employment, remark, import)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'member', $12, $13, $14, $15, $16);

-- name: member_with_identity
select id from member where identity = $1 and status = 'member' limit 1;

-- name: member_named
select id from member where name = $1 and phone = $2 and status = 'member' limit 1;

-- name: move_member
update member set organisation = $2, version = version + 1 where id = $1;

-- name: correct_member
update member set name = $2, sex = $3, birth = $4, ethnicity = $5, party = $6, education = $7, post = $8, phone = $9,
    identity = $10, joined_union = $11, employment = $12, remark = $13, version = version + 1
where id = $1;

-- name: erase_member
update member set name = null, sex = null, birth = null, ethnicity = null, party = null, education = null, post = null,
    phone = null, identity = null, joined_union = null, employment = null, remark = null, version = version + 1,
    status = 'erased' where id = $1;

-- name: mandate
select id, member, congress, unit, number, delegation, category, head, from_on, to_on, status, replaced_by
from mandate where id = $1;

-- name: mandate_numbered
select id from mandate where congress = $1 and number = $2;

-- name: standing_mandates_of
select id from mandate where member = $1 and status = 'standing';

-- name: standing_mandate_in
select id from mandate where member = $1 and congress = $2 and status = 'standing';

-- name: add_mandate
insert into mandate (id, member, congress, unit, number, delegation, category, head, from_on, to_on, status, replaced_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, 'standing', null);

-- name: end_mandate
update mandate set to_on = $2, status = $3 where id = $1;

-- name: replace_mandate
update mandate set replaced_by = $2 where id = $1;

-- name: delegates_of
select d.id, d.member, d.congress, d.unit, d.number, d.delegation, d.category, d.head, d.from_on, d.to_on, d.status,
       d.replaced_by, m.name, m.sex
from mandate d join member m on m.id = d.member
where d.congress = $1 order by d.number;

-- name: erasable_events
select seq from event where stream = $1 and personal is not null order by seq;

-- name: add_import
insert into import (id, organisation, file, digest, on_day, members, undone_at) values ($1, $2, $3, $4, $5, $6, null);

-- name: import
select id, organisation, file, digest, on_day, members, undone_at from import where id = $1;

-- name: imports_of
select id, organisation, file, digest, on_day, members, undone_at from import where organisation = $1
order by on_day desc, id;

-- name: used_import
select m.id from member m
where m.import = $1 and (m.version > 1 or exists (select 1 from mandate d where d.member = m.id)) order by m.id limit 1;

-- name: remove_imported
delete from member where import = $1;

-- name: undo_import
update import set undone_at = $2 where id = $1;

-- name: remember_heading
insert into sheet_heading (organisation, heading, meaning) values ($1, $2, $3)
on conflict (organisation, heading) do update set meaning = excluded.meaning;

-- name: remembered_headings
select heading, meaning from sheet_heading where organisation = $1 order by heading;
