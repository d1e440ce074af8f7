-- Decision tables change: an alert keeps the reason for its level as it was said when it was graded.
alter table alerts.alert add column grade_zh text, add column grade_en text;
update alerts.alert a set grade_zh = g.title_zh, grade_en = g.title_en
  from alerts.grading g where g.pack = a.pack and g.position = a.graded_by;
