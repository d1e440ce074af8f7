-- Keyword groups over item names, seller and remark, with stop-words, tax class codes and short classes. A text is judged
-- once, however many invoices carry it; rules/keywords.yaml says what a word may look like. Registers of words count as of
-- the day of the invoice.
with taken_back as (
  select coalesce(red_of_code, '') as invoice_code, red_of_no as invoice_no, sum(total) as total
  from invoice where invoice_state = 'red' and red_of_no is not null group by coalesce(red_of_code, ''), red_of_no
),
live as materialized (
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.issued_on, i.total, i.buyer_tax_no, i.seller_name,
    i.seller_tax_no, i.remark
  from invoice i
  left join taken_back t on t.invoice_code = coalesce(i.invoice_code, '') and t.invoice_no = i.invoice_no
  where i.invoice_state = 'normal' and i.total > 0 and i.total + coalesce(t.total, 0) > 0
),
place as materialized (
  select cast(n as integer) as n from generate_series(1, 400) as g(n)
),
item as materialized (
  select item_name, lower(item_name) as seen,
    case when item_name like '*%*%' then split_part(item_name, '*', 2) end as short_class,
    case when item_name like '*%*%' then length(split_part(item_name, '*', 2)) + 2 else 0 end as class_length,
    -- The bare name: no short class, quantity or bracket, so that whole names can be compared.
    regexp_replace(regexp_replace(case when item_name like '*%*%' then substr(item_name, length(split_part(item_name, '*', 2)) + 3)
        else item_name end, '[0-9（( *].*$', ''), '(一|二|两|三|四|五|六|八|十)(箱|条|瓶|包|盒|份|张|件)$', '') as bare
  from (select distinct item_name from invoice_line) d
),
seen_text as materialized (
  select seen from item
  union select lower(seller_name) from live
  union select lower(remark) from live where remark is not null
),
word as materialized (
  select group_code, group_name, level, prohibited, word, word_kind, valid_from, valid_to, lower(word) as text,
    case when left(word, 1) = '=' then 'whole' when right(word, 1) = '$' then 'end' when lower(word) between 'a' and 'zzzz' then 'latin'
      else 'plain' end as form
  from keyword where word_kind <> 'stop'
),
present as materialized (
  select t.seen, w.text, w.form
  from seen_text t
  join (select distinct text, form from word where word_kind = 'keyword' and form in ('plain', 'latin')) w on strpos(t.seen, w.text) > 0
),
occurrence as (
  select p.seen, p.text, n.n as at_char
  from present p join place n on n.n <= length(p.seen) and starts_with(substr(p.seen, n.n), p.text)
  where p.form = 'plain'
    or (coalesce(nullif(substr(concat(' ', p.seen), n.n, 1), ''), ' ') not between 'a' and 'z'
      and coalesce(nullif(substr(p.seen, n.n + length(p.text), 1), ''), ' ') not between 'a' and 'z')
),
placed as materialized (
  select row_number() over (order by seen, group_code, word, valid_from, at_char) as place_id, p.*
  from (
    select o.seen, w.group_code, w.group_name, w.level, w.prohibited, w.word, w.valid_from, w.valid_to, w.word as shown, o.at_char,
      length(o.text) as size
    from occurrence o join word w on w.text = o.text and w.word_kind = 'keyword' and w.form in ('plain', 'latin')
    union all
    select i.seen, w.group_code, w.group_name, w.level, w.prohibited, w.word, w.valid_from, w.valid_to, substr(w.word, 2),
      i.class_length + 1, length(w.word) - 1
    from item i join word w on w.form = 'whole' and substr(w.word, 2) = i.bare
    union all
    select i.seen, w.group_code, w.group_name, w.level, w.prohibited, w.word, w.valid_from, w.valid_to, left(w.word, length(w.word) - 1),
      i.class_length + 2 + length(i.bare) - length(w.word), length(w.word) - 1
    from item i join word w on w.form = 'end' and length(i.bare) >= length(w.word) - 1
      and starts_with(right(i.bare, length(w.word) - 1), left(w.word, length(w.word) - 1))
  ) p
),
stop_present as materialized (
  select t.seen, s.group_code, lower(s.word) as text, s.valid_from, s.valid_to
  from (select distinct seen, group_code from placed) t
  join keyword s on s.group_code = t.group_code and s.word_kind = 'stop' and left(s.word, 1) <> '!' and strpos(t.seen, lower(s.word)) > 0
),
covered as materialized (
  -- A stop-word of the group over the very place: 烟 in 油烟机 is no tobacco.
  select p.place_id, s.valid_from, s.valid_to
  from placed p
  join stop_present s on s.seen = p.seen and s.group_code = p.group_code and length(s.text) >= p.size
  join place n on n.n between p.at_char + p.size - length(s.text) and p.at_char
  where starts_with(substr(p.seen, n.n), s.text)
),
found_in_name as materialized (
  select i.item_name, p.place_id, p.group_code, p.group_name, p.level, p.prohibited, p.word, p.valid_from, p.valid_to, p.shown, p.at_char
  from item i join placed p on p.seen = i.seen
  union all
  select i.item_name, 0, w.group_code, w.group_name, w.level, w.prohibited, w.word, w.valid_from, w.valid_to, concat('*', w.word, '*'), 1
  from item i join word w on w.word_kind = 'short_class' and w.word = i.short_class
),
name_stop as materialized (
  select group_code, substr(word, 2) as text, valid_from, valid_to,
    case when group_code in (select unnest(string_to_array(cast($broad_stop_groups as text), '|'))) then 1 else 0 end as is_broad
  from keyword where word_kind = 'stop' and left(word, 1) = '!'
),
stopped_name as materialized (
  select concat(s.group_code, ' ', i.item_name) as group_item, s.valid_from, s.valid_to, s.is_broad
  from item i join name_stop s on s.is_broad = 0 and strpos(i.item_name, replace(s.text, '$', '')) > 0
  where right(s.text, 1) <> '$' or starts_with(right(i.bare, length(s.text) - 1), left(s.text, length(s.text) - 1))
  union all
  -- Stop-words for several groups: only names in which a word of such a group was found.
  select concat(i.group_code, ' ', i.item_name), s.valid_from, s.valid_to, 1
  from (
    select distinct f.group_code, n.item_name, n.bare from found_in_name f join item n on n.item_name = f.item_name
    where f.place_id > 0 and f.group_code in (select unnest(string_to_array(cast($broad_stop_for as text), '|')))) i
  join name_stop s on s.is_broad = 1 and strpos(i.item_name, replace(s.text, '$', '')) > 0
  where right(s.text, 1) <> '$' or starts_with(right(i.bare, length(s.text) - 1), left(s.text, length(s.text) - 1))
),
line as materialized (
  select l.invoice_code, l.invoice_no, l.issued_on, l.total, l.buyer_tax_no, l.seller_tax_no, l.seller_name, l.remark, n.line_no,
    n.item_name, n.tax_class_code, cast(n.amount + coalesce(n.tax, 0) as numeric(18,2)) as amount,
    count(*) over (partition by l.invoice_code, l.invoice_no) as line_count
  from live l join invoice_line n on n.invoice_no = l.invoice_no and coalesce(n.invoice_code, '') = l.invoice_code
  union all
  select l.invoice_code, l.invoice_no, l.issued_on, l.total, l.buyer_tax_no, l.seller_tax_no, l.seller_name, l.remark, 0, null, null,
    l.total, 0
  from live l
  where not exists (
    select 1 from invoice_line n where n.invoice_no = l.invoice_no and coalesce(n.invoice_code, '') = l.invoice_code)
),
found_in_code as materialized (
  select d.tax_class_code, w.*
  from (select distinct tax_class_code from invoice_line where tax_class_code is not null) d
  join word w on w.word_kind = 'tax_class' and starts_with(d.tax_class_code, w.word)
),
found_in_seller as materialized (
  select s.seller_name, p.* from (select distinct seller_name from live) s join placed p on p.seen = lower(s.seller_name)
),
found_in_remark as materialized (
  select s.remark, p.* from (select distinct remark from live where remark is not null) s join placed p on p.seen = lower(s.remark)
),
touched as materialized (
  select n.*, 1 as source, f.place_id, f.group_code, f.group_name, f.level, f.prohibited, f.word, f.valid_from, f.valid_to, f.shown, f.at_char
  from line n join found_in_name f on f.item_name = n.item_name
  union all
  select n.*, 2, 0, f.group_code, f.group_name, f.level, f.prohibited, f.word, f.valid_from, f.valid_to, f.word, 1
  from line n join found_in_code f on f.tax_class_code = n.tax_class_code
  union all
  select n.*, 3, f.place_id, f.group_code, f.group_name, f.level, f.prohibited, f.word, f.valid_from, f.valid_to, f.shown, f.at_char
  from line n join found_in_seller f on f.seller_name = n.seller_name
  union all
  select n.*, 4, f.place_id, f.group_code, f.group_name, f.level, f.prohibited, f.word, f.valid_from, f.valid_to, f.shown, f.at_char
  from line n join found_in_remark f on f.remark = n.remark
),
in_force as materialized (
  select t.*, concat(t.group_name, '：', t.shown, '（',
    case t.source when 1 then concat('第', cast(t.line_no as text), '行项目名称') when 2 then concat('第', cast(t.line_no as text), '行税收编码')
      when 3 then '销售方' else '备注' end, '第', cast(t.at_char as text), '字）') as found
  from touched t
  where t.valid_from <= t.issued_on and (t.valid_to is null or t.valid_to >= t.issued_on)
    and not exists (
      select 1 from covered c where c.place_id = t.place_id
        and c.valid_from <= t.issued_on and (c.valid_to is null or c.valid_to >= t.issued_on))
    and not exists (
      select 1 from stopped_name s where s.group_item = concat(t.group_code, ' ', t.item_name)
        and (s.is_broad = 0 or (t.source = 1 and t.place_id > 0))
        and s.valid_from <= t.issued_on and (s.valid_to is null or s.valid_to >= t.issued_on))
),
resort_word as materialized (
  select word from (select unnest(string_to_array(cast($resort_words as text), '|')) as word) w where word <> ''
),
designated as materialized (
  select name from (select unnest(string_to_array(cast($designated_sellers as text), '|')) as name) w where name <> ''
),
counted as materialized (
  select f.*, case when f.source in (3, 4) and f.line_count > 0 then 1 else 0 end as is_beside,
    row_number() over (partition by f.invoice_code, f.invoice_no, f.line_no order by f.source, f.place_id, f.word) as nth_of_line,
    row_number() over (partition by f.invoice_code, f.invoice_no, f.group_code, f.line_no order by f.source, f.place_id, f.word) as nth_of_group,
    row_number() over (partition by f.invoice_code, f.invoice_no, f.found order by f.line_no) as nth_of_found
  from in_force f
  left join calendar_day d on d.day = f.issued_on
  where (f.word not in (select unnest(string_to_array(cast($resort_only as text), '|')))
      or exists (select 1 from resort_word r where strpos(concat_ws(' ', f.item_name, f.seller_name, f.remark), r.word) > 0))
    and (f.word not in (select unnest(string_to_array(cast($unlisted_only as text), '|'))) or f.line_count = 1)
    and (f.word not in (select unnest(string_to_array(cast($designated_only as text), '|')))
      or ((select count(*) from designated) > 0 and f.seller_name not in (select name from designated))
      or (f.word in (select unnest(string_to_array(cast($holiday_only as text), '|'))) and d.is_workday = false))
),
group_sum as (
  select invoice_code, invoice_no, min(issued_on) as issued_on, min(total) as total, group_code, min(group_name) as group_name,
    sum(case when nth_of_group = 1 then amount end) as amount,
    -- What stands beside the lines says who sold, not what was bought: it makes suspicious and no more.
    min(case level when 'red' then 1 + is_beside when 'yellow' then 2 else 3 end) as rank,
    max(case when prohibited and is_beside = 0 then 1 else 0 end) as prohibited, min(is_beside) as is_beside
  from counted group by invoice_code, invoice_no, group_code
),
festival as (
  select split_part(pair, '=', 1) as name, cast(split_part(pair, '=', 2) as integer) as days_before
  from (select unnest(string_to_array(cast($festivals as text), '|')) as pair) pairs where pair <> ''
),
festive_span as materialized (
  select min(c.day) - f.days_before as from_day, max(c.day) + cast($festival_days_after as integer) as to_day
  from calendar_day c join festival f on strpos(c.holiday_name, f.name) > 0
  group by f.name, f.days_before, cast(extract(year from c.day) as integer)
),
graded as materialized (
  select g.*, case
      when g.prohibited = 1 then 'prohibited'
      when g.is_beside = 0 and g.group_code in (select unnest(string_to_array(cast($festive_groups as text), '|')))
        and exists (select 1 from festive_span s where g.issued_on between s.from_day and s.to_day) then 'festive'
      when g.group_code in (select unnest(string_to_array(cast($limited_groups as text), '|')))
        and g.amount > cast($group_limit as numeric(18,2)) then 'over_limit'
      when g.group_code in (select unnest(string_to_array(cast($round_groups as text), '|')))
        and g.total >= cast($round_amount as numeric(18,2)) and g.total % cast($round_to as integer) = 0 then 'round_vague'
      when g.rank < 3 then 'suspicious'
      else 'noted' end as condition
  from group_sum g
),
decided as materialized (
  select invoice_code, invoice_no, min(weight * 10 + nth) as heaviest,
    string_agg(group_name, '、' order by nth, group_name) as groups,
    max(case when nth = 1 then condition end) as c1, max(case when nth = 2 then condition end) as c2,
    max(case when nth = 3 then condition end) as c3, max(case when nth = 4 then condition end) as c4,
    max(case when nth = 5 then condition end) as c5, max(case when nth = 6 then condition end) as c6
  from (
    select invoice_code, invoice_no, group_name, condition,
      case when condition in ('prohibited', 'festive') then 1 when condition in ('over_limit', 'round_vague') then least(rank, 2)
        else rank end as weight,
      case condition when 'prohibited' then 1 when 'festive' then 2 when 'suspicious' then 3 when 'over_limit' then 4
        when 'round_vague' then 5 else 6 end as nth
    from graded) r
  group by invoice_code, invoice_no
),
told as materialized (
  select invoice_code, invoice_no, min(issued_on) as issued_on, min(total) as total, min(buyer_tax_no) as buyer_tax_no,
    min(seller_tax_no) as seller_tax_no, min(seller_name) as seller_name,
    sum(case when nth_of_line = 1 then amount end) as amount,
    string_agg(case when nth_of_line = 1 then cast(line_no as text) end, ',' order by line_no) as lines,
    string_agg(case when nth_of_found = 1 then found end, '；' order by source, found) as words
  from counted group by invoice_code, invoice_no
),
buyer as materialized (
  select t.invoice_code, t.invoice_no, min(u.unit_code) as unit_code
  from told t join unit u on u.credit_code = t.buyer_tax_no
  where u.valid_from <= t.issued_on and (u.valid_to is null or u.valid_to >= t.issued_on)
  group by t.invoice_code, t.invoice_no
),
claim as (
  select coalesce(invoice_code, '') as invoice_code, invoice_no, unit_code,
    row_number() over (partition by coalesce(invoice_code, ''), invoice_no order by claimed_on, reimbursement_id) as nth
  from reimbursement
)
select t.invoice_code, t.invoice_no, coalesce(b.unit_code, c.unit_code) as unit_code, t.issued_on as on_date,
  cast(t.amount as numeric(18,2)) as amount,
  case when d.heaviest < 20 then 'red' when d.heaviest < 30 then 'yellow' else 'blue' end as level,
  case d.heaviest % 10 when 1 then 'prohibited' when 2 then 'festive' when 3 then 'suspicious' when 4 then 'over_limit'
    when 5 then 'round_vague' else 'noted' end as condition,
  t.seller_tax_no as counterparty, cast(null as text) as economic_code, t.seller_name, d.groups, t.words, t.lines, t.total as invoice_total,
  concat_ws(',', d.c1, d.c2, d.c3, d.c4, d.c5, d.c6) as conditions
from decided d
join told t on t.invoice_no = d.invoice_no and t.invoice_code = d.invoice_code
left join buyer b on b.invoice_no = t.invoice_no and b.invoice_code = t.invoice_code
left join claim c on c.invoice_no = t.invoice_no and c.invoice_code = t.invoice_code and c.nth = 1
