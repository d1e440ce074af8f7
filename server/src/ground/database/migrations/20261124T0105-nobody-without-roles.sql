-- An account may hold no role (yet): it has said who is asking all the same, and acts in none.
create or replace function app.has_role(role text) returns boolean language plpgsql stable as $$
declare said text := current_setting('app.user_id', true);
begin
  if said is null or said = '' then
    raise exception 'the session has not said who is asking' using errcode = '42501';
  end if;
  return role = any (string_to_array(current_setting('app.roles', true), ','));
end $$;
