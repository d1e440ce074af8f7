-- Slips on alerts that are closed, and those to the office on alerts that were handed on, kept escalating.
with over as (
  update supervise.slip s set state = 'ended', closed_at = now(), version = s.version + 1
  from alerts.alert a
  where s.room = 'alerts' and s.subject_id = a.alert_id::text and s.state in ('issued', 'replied')
    and (a.state = 'closed' or (a.handed_on_at is not null and s.link like '/alerts/%'))
  returning s.slip_id
)
insert into supervise.slip_event (slip_id, at, actor_id, kind)
  select slip_id, now(), '00000000-0000-7000-8000-000000000000', 'ended' from over;
