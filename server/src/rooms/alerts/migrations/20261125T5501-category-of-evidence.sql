-- What a pack's alerts are counted by where its hits carry no economic category: the first name in this column of the
-- evidence, such as the keyword group of an invoice.
alter table alerts.pack add column category_evidence text;

create function alerts.set_category(pack_code text, evidence_column text) returns void language plpgsql security definer
set search_path = pg_catalog, alerts as $$
begin
  if not app.has_role('system') then
    raise exception 'only the system describes a pack' using errcode = '42501';
  end if;
  update alerts.pack set category_evidence = evidence_column where pack = pack_code;
end $$;
revoke all on function alerts.set_category from public;
grant execute on function alerts.set_category to qf_app;

-- Alerts that are there already are counted like those to come.
update alerts.alert a set category = found.category
from (select alert_id, max(split_part(evidence->>'groups', '、', 1)) as category
  from alerts.alert_hit where pack = 'invoices' and evidence->>'groups' <> '' group by alert_id) found
where a.alert_id = found.alert_id and a.category is null;
