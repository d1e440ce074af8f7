-- What hangs on a batch is seen where the batch is seen, and by nobody beside or below.
create policy conflict_in_part on intake.invoice_conflict as restrictive to qf_app
  using (app.has_role('system') or exists (select from intake.batch b where b.batch_id = invoice_conflict.batch_id));
create policy dropped_in_part on intake.dropped_file as restrictive to qf_app
  using (app.has_role('system') or batch_id is null
    or exists (select from intake.batch b where b.batch_id = dropped_file.batch_id));
