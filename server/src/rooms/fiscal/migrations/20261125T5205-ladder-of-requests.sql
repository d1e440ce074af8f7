-- A yellow request passes and owes an explanation: what is late climbs the ladder of its pack, a rung at a time.
alter table fiscal.payment_request add column rung integer not null default 0;
create index requests_owing on fiscal.payment_request (explain_by) where state = 'explanation_owed';
alter table fiscal.request_event drop constraint request_event_kind_check;
alter table fiscal.request_event add constraint request_event_kind_check check (kind in ('judged', 'explained',
  'approved_release', 'released', 'refused', 'paid', 'payment_withdrawn', 'reminder', 'overdue', 'slip', 'escalate',
  'handed_over'));
