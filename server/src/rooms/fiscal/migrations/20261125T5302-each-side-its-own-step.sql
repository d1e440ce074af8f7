-- The checks of all policies that let somebody change a request count together: whoever may change it for one reason could
-- have given it a state that only others give, such as the unit that releases its own request. Each check says who, too.
alter policy request_deciders on fiscal.payment_request
  with check (state in ('held', 'released', 'refused')
    and org_path >= app.scope() and org_path < app.scope() || '/' and app.scope() !~ '\.U'
    and (select app.has_role('finance_supervisor') or app.has_role('supervision_officer')));
alter policy request_explained on fiscal.payment_request
  with check (state in ('explained', 'held')
    and org_path >= app.scope() and org_path < app.scope() || '/'
    and (select app.has_role('unit_finance') or app.has_role('unit_head')));
