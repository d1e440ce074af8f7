-- A slip that waits for somebody who leaves is on his handover list, and its story says who took it over.
alter table supervise.slip_event drop constraint slip_event_kind_check;
alter table supervise.slip_event add constraint slip_event_kind_check check (kind in ('issued', 'replied', 'sent_back',
  'accepted', 'withdrawn', 'reminded', 'urged', 'escalated', 'ended', 'handed_over'));
