-- What concerns the head of an organ or a unit is invisible to everyone who works there, not to him alone: else they
-- would judge, or answer for, their own superior. The organs above see it.
create function identity.heads_over(account uuid) returns text[]
  language sql stable security definer set search_path = pg_catalog, identity as $$
  select coalesce(array_agg(person.person_key), '{}')
  from identity.account me
    join identity.account head on head.state <> 'left'
      and (head.unit_code = me.unit_code or (head.organ_code is not null and me.organ_code is not null and head.scope = me.scope))
    join identity.role_holding h on h.user_id = head.user_id and h.state = 'active'
      and h.role = case when me.unit_code is null then 'principal' else 'unit_head' end
    join permissions.person_of_user person on person.user_id = head.user_id
  where me.user_id = account
$$;
revoke all on function identity.heads_over from public;

-- Whom an account's holder must not see or touch is still said in this one place: himself, his kin, his head.
create or replace function permissions.recusals_of(account uuid) returns text[]
  language sql stable security definer set search_path = pg_catalog, permissions as $$
  with me as (select person_key from permissions.person_of_user where user_id = account)
  select coalesce(array_agg(distinct concerned), '{}') from (
    select person_key as concerned from me
    union all select kin_key from permissions.kinship join me using (person_key)
    union all select k.person_key from permissions.kinship k join me on k.kin_key = me.person_key
    union all select unnest(identity.heads_over(account))) as all_concerned
$$;
