-- The calendar is nobody's secret: whoever has said who he is reads it. It is written through its functions only.
do $$ declare name text; begin
  foreach name in array array['year', 'base_day', 'correction', 'day'] loop
    execute format('alter table calendar.%I enable row level security', name);
    execute format('alter table calendar.%I force row level security', name);
    execute format('create policy owner_of_%s on calendar.%I to current_user using (true)', name, name);
    execute format('create policy %s_read on calendar.%I for select to qf_app using ((select app.user_id()) is not null)',
      name, name);
  end loop;
end $$;

-- Who may correct a day is asked here too, and not by the route alone.
create or replace function calendar.correct(on_date date, is_workday boolean, holiday_zh text, reason text)
returns uuid language plpgsql security definer set search_path = pg_catalog, calendar as $$
declare made uuid;
begin
  if not (app.has_role('system_admin') or app.has_role('information_officer') or app.has_role('system')) then
    raise insufficient_privilege;
  end if;
  if not exists (select from calendar.base_day b where b.on_date = correct.on_date) then
    raise exception 'the calendar does not cover %', on_date using errcode = '22008';
  end if;
  insert into calendar.correction (on_date, is_workday, holiday_zh, reason)
    values (correct.on_date, correct.is_workday, correct.holiday_zh, correct.reason) returning correction_id into made;
  perform calendar.rebuild();
  return made;
end $$;
