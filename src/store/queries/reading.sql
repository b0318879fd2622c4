-- What the pages of the register read. $2 is a pattern of "like", "%" for all.

-- name: members_matching
select id from member
where organisation = $1 and status = 'member'
  and (name like $2 escape '!' or phone like $2 escape '!' or post like $2 escape '!')
  and (name > $3 or (name = $3 and id > $4))
order by name, id limit $5;

-- name: count_matching
select count(*) from member
where organisation = $1 and status = 'member'
  and (name like $2 escape '!' or phone like $2 escape '!' or post like $2 escape '!');

-- name: mandates_of_member
select id, congress, number, delegation, category, head, from_on, to_on, status
from mandate where member = $1 order by from_on, congress;

-- name: history
select seq, at, actor, kind, case when digest is not null and personal is null then 1 else 0 end
from event where stream = $1 order by seq;
