-- What a person is told: in the product, and by a text message that says only that there is something to read.
create schema notices;
grant usage on schema notices to qf_app;

create table notices.notice (
  notice_id uuid primary key default uuidv7(),
  user_id uuid not null,
  -- Room and matter, e.g. alerts.dispatched.
  kind text not null check (kind ~ '^[a-z_]+\.[a-z_]+$'),
  title_zh text not null check (length(title_zh) <= 200),
  title_en text not null check (length(title_en) <= 300),
  -- Where in the console it leads.
  link text not null check (link like '/%'),
  posted_at timestamptz not null,
  read_at timestamptz
);
create index on notices.notice (user_id, notice_id desc);
create index on notices.notice (user_id) where read_at is null;

create table notices.text_message (
  message_id uuid primary key default uuidv7(),
  user_id uuid not null,
  body text not null check (length(body) <= 70),
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'no_number')),
  attempts integer not null default 0,
  asked_at timestamptz not null,
  sent_at timestamptz,
  fault text
);
create index on notices.text_message (message_id) where state = 'waiting';

alter table notices.notice enable row level security;
alter table notices.notice force row level security;
alter table notices.text_message enable row level security;
alter table notices.text_message force row level security;
create policy owner_of_notice on notices.notice to current_user using (true) with check (true);
create policy owner_of_message on notices.text_message to current_user using (true) with check (true);
create policy notice_own on notices.notice to qf_app using (user_id = app.user_id());
create policy message_of_system on notices.text_message to qf_app using (app.has_role('system'));
grant select, update (read_at) on notices.notice to qf_app;
grant select, update on notices.text_message to qf_app;

-- Who holds one of the roles for a place: for each role those who stand nearest above it (for roles of a unit, in it),
-- without those whom the matter concerns.
create function notices.holders_of(roles text[], place text, persons text[], at timestamptz)
returns table (user_id uuid) language sql stable security definer set search_path = pg_catalog, notices as $$
  select distinct found.user_id from (
    select a.user_id, rank() over (partition by h.role order by length(s.scope) desc) as nearest
    from identity.role_holding h join identity.account a using (user_id)
    cross join lateral (select case when a.unit_code is null then a.scope
      else organisation.unit_path(a.unit_code) end collate "C" as scope) s
    where h.role = any (roles) and h.state = 'active' and a.state = 'active'
      and h.valid_from <= at and (h.valid_to is null or h.valid_to > at)
      and place >= s.scope and place < s.scope || '/'
      and not (persons && permissions.recusals_of(a.user_id))
  ) found where nearest = 1
$$;
revoke all on function notices.holders_of from public;
grant execute on function notices.holders_of to qf_app;

-- Tells each of the holders; returns how many. A notice already told and not yet read for the same link and kind is not
-- told twice on one day.
create function notices.post(to_roles text[], place text, persons text[], kind text, title_zh text, title_en text,
  link text, at timestamptz, by_text_message boolean)
returns integer language plpgsql security definer set search_path = pg_catalog, notices as $$
begin
  return notices.post_to(array(select user_id from notices.holders_of(to_roles, place, persons, at)), kind, title_zh, title_en,
    link, at, by_text_message);
end $$;

create function notices.post_to(people uuid[], kind text, title_zh text, title_en text, link text, at timestamptz,
  by_text_message boolean)
returns integer language plpgsql security definer set search_path = pg_catalog, notices as $$
declare person uuid; told integer := 0;
begin
  foreach person in array people loop
    continue when exists (select from notices.notice n where n.user_id = person and n.kind = post_to.kind
      and n.link = post_to.link and n.read_at is null and n.posted_at > at - interval '20 hours');
    insert into notices.notice (user_id, kind, title_zh, title_en, link, posted_at)
      values (person, kind, title_zh, title_en, link, at);
    if by_text_message then
      insert into notices.text_message (user_id, body, asked_at)
        values (person, '【清风】您有需要及时处理的事项，请登录系统查看。', at);
    end if;
    perform pg_notify('qingfeng', json_build_object('topic', 'notices', 'user', person)::text);
    told := told + 1;
  end loop;
  return told;
end $$;
revoke all on function notices.post, notices.post_to from public;
grant execute on function notices.post, notices.post_to to qf_app;
