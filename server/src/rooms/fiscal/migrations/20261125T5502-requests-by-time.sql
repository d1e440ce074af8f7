-- Lists show the newest request first; keys say nothing of time.
drop index fiscal.payment_request_org_path_request_key_idx;
drop index fiscal.payment_request_state_request_key_idx;
create index on fiscal.payment_request (org_path, requested_at desc, request_key desc);
create index on fiscal.payment_request (state, requested_at desc, request_key desc);
