-- The working calendar: what the State Council published (base), what was corrected in the console (append-only
-- versions), and the effective day with a running number of working days, so that a term is one index look-up.
create schema calendar;
grant usage on schema calendar to qf_app;

-- published: the holiday notice of that year is known; otherwise its days are mere weekdays and weekends.
create table calendar.year (
  year integer primary key,
  published boolean not null
);

create table calendar.base_day (
  on_date date primary key,
  is_workday boolean not null,
  holiday_zh text
);

-- A correction says what a day is; without is_workday it takes earlier corrections of the day back. The last one counts.
create table calendar.correction (
  correction_id uuid primary key default uuidv7(),
  on_date date not null,
  is_workday boolean,
  holiday_zh text check (length(holiday_zh) <= 40),
  reason text not null check (length(reason) between 4 and 500),
  made_by uuid not null default app.user_id(),
  made_at timestamptz not null default clock_timestamp()
);
create index on calendar.correction (on_date, correction_id desc);

create table calendar.day (
  on_date date primary key,
  is_workday boolean not null,
  holiday_zh text,
  corrected boolean not null,
  workday_index integer not null
);
create unique index on calendar.day (workday_index) where is_workday;

create function calendar.rebuild() returns void language sql security definer set search_path = pg_catalog, calendar as $$
  insert into calendar.day (on_date, is_workday, holiday_zh, corrected, workday_index)
  select on_date, is_workday, holiday_zh, corrected, -row_number() over (order by on_date)
  from (
    select b.on_date, coalesce(c.is_workday, b.is_workday) as is_workday,
      case when c.is_workday is null then b.holiday_zh else c.holiday_zh end as holiday_zh,
      c.is_workday is not null as corrected
    from calendar.base_day b
    left join lateral (select * from calendar.correction c where c.on_date = b.on_date order by correction_id desc limit 1) c on true
  ) effective
  on conflict (on_date) do update set is_workday = excluded.is_workday, holiday_zh = excluded.holiday_zh,
    corrected = excluded.corrected, workday_index = excluded.workday_index;
  update calendar.day d set workday_index = n.workday_index
  from (select on_date, count(*) filter (where is_workday) over (order by on_date) as workday_index from calendar.day) n
  where n.on_date = d.on_date;
$$;
revoke all on function calendar.rebuild from public;

-- Takes the days that the product ships with; days it already has are brought up to date.
create function calendar.take_base(years integer[], published boolean[], days date[], workdays boolean[], holidays text[])
returns void language plpgsql security definer set search_path = pg_catalog, calendar as $$
begin
  if not app.has_role('system') then
    raise exception 'only the system takes the base calendar' using errcode = '42501';
  end if;
  insert into calendar.year select * from unnest(years, take_base.published)
    on conflict (year) do update set published = excluded.published;
  insert into calendar.base_day select * from unnest(days, workdays, holidays)
    on conflict (on_date) do update set is_workday = excluded.is_workday, holiday_zh = excluded.holiday_zh;
  perform calendar.rebuild();
end $$;
revoke all on function calendar.take_base from public;
grant execute on function calendar.take_base to qf_app;

create function calendar.correct(on_date date, is_workday boolean, holiday_zh text, reason text)
returns uuid language plpgsql security definer set search_path = pg_catalog, calendar as $$
declare made uuid;
begin
  if not exists (select from calendar.base_day b where b.on_date = correct.on_date) then
    raise exception 'the calendar does not cover %', on_date using errcode = '22008';
  end if;
  insert into calendar.correction (on_date, is_workday, holiday_zh, reason)
    values (correct.on_date, correct.is_workday, correct.holiday_zh, correct.reason) returning correction_id into made;
  perform calendar.rebuild();
  return made;
end $$;
revoke all on function calendar.correct from public;
grant execute on function calendar.correct to qf_app;

-- The n-th working day after the date (before it when negative); with 0 the date itself, or the next working day when it
-- is none. Raises 22008 where the calendar does not reach.
create function calendar.add_workdays(from_date date, days integer) returns date language plpgsql stable
set search_path = pg_catalog, calendar as $$
declare
  start calendar.day;
  found date;
begin
  select * into start from calendar.day where on_date = from_date;
  select on_date into found from calendar.day
    where is_workday and workday_index = start.workday_index + days
      + case when days <= 0 and not start.is_workday then 1 else 0 end;
  if found is null then
    raise exception 'the calendar does not reach % working days from %', days, from_date using errcode = '22008';
  end if;
  return found;
end $$;

-- Working days after the first date up to and including the second; negative when the second is earlier.
create function calendar.workdays_between(from_date date, to_date date) returns integer language sql stable
set search_path = pg_catalog, calendar as $$
  select (select workday_index from calendar.day where on_date = to_date)
    - (select workday_index from calendar.day where on_date = from_date)
$$;

-- For the rules: dataset calendar_day.
create view calendar.v_day with (security_invoker = true) as
  select d.on_date as day, d.is_workday, d.holiday_zh as holiday_name, y.published
  from calendar.day d join calendar.year y on y.year = extract(year from d.on_date);

grant select on calendar.year, calendar.base_day, calendar.correction, calendar.day, calendar.v_day to qf_app;
