-- Counting by state, level or rule within a part of the tree: without these a count reads all of the tree's part, or all of
-- the state's, whichever is smaller. By state alone the first one is skipped through level by level.
create index on alerts.alert (state, level, org_path);
create index on alerts.alert (level, org_path);
create index on alerts.alert_hit (rule, org_path);
