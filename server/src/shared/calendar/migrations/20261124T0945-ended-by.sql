-- The last date since which at least so many working days have passed by the given day (negative: until which at most so
-- many are left): what ended on it or before is so late.
create function calendar.ended_by(by_day date, days integer) returns date language sql stable
set search_path = pg_catalog, calendar as $$
  select max(on_date) from calendar.day
  where workday_index <= (select workday_index from calendar.day where on_date = by_day) - days
$$;
