-- A slip supervises a matter: when the matter ends, the slip has nothing to demand any more and ends with it.
alter table supervise.slip drop constraint slip_state_check;
alter table supervise.slip add constraint slip_state_check
  check (state in ('issued', 'replied', 'accepted', 'withdrawn', 'ended'));
alter table supervise.slip_event drop constraint slip_event_kind_check;
alter table supervise.slip_event add constraint slip_event_kind_check check (kind in ('issued', 'replied', 'sent_back',
  'accepted', 'withdrawn', 'reminded', 'urged', 'escalated', 'ended'));

-- Slips to an office lay at the place of the unit, where nobody of the office stands: those who must answer did not see
-- them as theirs. They go to where the nearest of them works.
update supervise.slip s set org_path = coalesce(
  (select a.scope from identity.role_holding h join identity.account a using (user_id)
    where h.role = any (s.addressee_roles) and h.state = 'active' and a.state = 'active' and a.unit_code is null
      and s.org_path >= a.scope and s.org_path < a.scope || '/'
    order by length(a.scope) desc limit 1),
  split_part(s.org_path, '.U', 1))
where room = 'alerts' and link like '/alerts/%' and strpos(org_path, '.U') > 0;
