-- The application's role: owns nothing, bypasses nothing. Who is asking is said per transaction (app.* settings).
create schema app;
grant usage on schema app to qf_app;

-- The person (or the system) on whose behalf the transaction runs. Refuses a session that has not said so; an ended
-- transaction leaves the setting as an empty string on a pooled connection, so both are tested.
create function app.user_id() returns uuid language plpgsql stable as $$
declare said text := current_setting('app.user_id', true);
begin
  if said is null or said = '' then
    raise exception 'the session has not said who is asking' using errcode = '42501';
  end if;
  return said::uuid;
end $$;

-- The asker's place in the tree of organisations, a path such as 46.01; rows at it or below it are in sight.
create function app.scope() returns text language plpgsql stable as $$
declare said text := current_setting('app.scope', true);
begin
  if said is null or said = '' then
    raise exception 'the session has not said who is asking' using errcode = '42501';
  end if;
  return said;
end $$;

-- Whether the asker acts in the role.
create function app.has_role(role text) returns boolean language plpgsql stable as $$
declare said text := current_setting('app.roles', true);
begin
  if said is null or said = '' then
    raise exception 'the session has not said who is asking' using errcode = '42501';
  end if;
  return role = any (string_to_array(said, ','));
end $$;
