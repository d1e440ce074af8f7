-- What a list can be narrowed by and had no index: without one a page reads every alert until it has found enough.
create index on alerts.alert (on_date desc, raised_at desc);
create index on alerts.alert (category, raised_at desc, alert_id desc) where category is not null;
create index on alerts.alert (verdict, raised_at desc, alert_id desc) where verdict is not null;
create index on alerts.alert (raised_at desc, alert_id desc) where reopened > 0;

-- The number of an invoice as a column: an expression on `keys` may not use an index under row-level security.
alter table alerts.alert_hit add column invoice_no text generated always as (keys ->> 'invoice_no') stored;
drop index alerts.alert_hit_expr_idx;
create index on alerts.alert_hit (invoice_no) where invoice_no is not null;

-- What the policies ask reads settings of the session and tables only: a count may be shared among processes.
alter function app.scope() parallel safe;
alter function app.user_id() parallel safe;
alter function app.has_role(text) parallel safe;
alter function permissions.recusals_of(uuid) parallel safe;
alter function permissions.caller_recusals() parallel safe;
alter function alerts.readable_packs() parallel safe;
alter function alerts.office_scope() parallel safe;
