-- Open alerts are found by the person who acted last for the office, or took them over, when he leaves.
create index on alerts.event (actor_id) where actor = 'office';
create index on alerts.event ((detail ->> 'to_user')) where kind = 'handed_over';
