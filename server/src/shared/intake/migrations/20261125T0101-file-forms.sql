-- The form in which a batch's file came, told by its content: it is read again when it is loaded.
alter table intake.batch add column form text not null default 'csv' check (form in ('csv', 'xlsx'));
