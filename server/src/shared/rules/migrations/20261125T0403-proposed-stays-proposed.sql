-- What has been proposed never becomes a draft again: it could be rewritten then, and somebody would put in force what he
-- has not seen. The next thought is the next version.
create or replace function rules.keep_what_was_proposed() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and (new.state = 'draft' or new.content <> old.content
      or new.proposed_by is distinct from old.proposed_by or new.drafted_by <> old.drafted_by) then
    raise exception 'what has been proposed is not changed' using errcode = '42501';
  end if;
  return new;
end $$;
