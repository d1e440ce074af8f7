-- Keyword groups over item names, seller and remark, with stop-words, tax class codes and short classes. A text is judged
-- once, however many invoices carry it; rules/keywords.yaml says what a word may look like.
with place as (
  select cast(n as integer) as n from generate_series(1, 400) as g(n)
),
taken_back as (
  select coalesce(red_of_code, '') as invoice_code, red_of_no as invoice_no, sum(total) as total
  from invoice where invoice_state = 'red' and red_of_no is not null group by coalesce(red_of_code, ''), red_of_no
),
live as (
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.issued_on, i.total, i.buyer_tax_no, i.seller_name,
    i.seller_tax_no, i.remark
  from invoice i
  left join taken_back t on t.invoice_code = coalesce(i.invoice_code, '') and t.invoice_no = i.invoice_no
  where i.invoice_state = 'normal' and i.total > 0 and i.total + coalesce(t.total, 0) > 0
),
item as (
  select item_name, lower(item_name) as seen,
    case when item_name like '*%*%' then split_part(item_name, '*', 2) end as short_class,
    case when item_name like '*%*%' then length(split_part(item_name, '*', 2)) + 2 else 0 end as class_length,
    -- The bare name: no short class, quantity or bracket, so that whole names can be compared.
    regexp_replace(regexp_replace(case when item_name like '*%*%' then substr(item_name, length(split_part(item_name, '*', 2)) + 3)
        else item_name end, '[0-9（( *].*$', ''), '(一|二|两|三|四|五|六|八|十)(箱|条|瓶|包|盒|份|张|件)$', '') as bare
  from (select distinct item_name from invoice_line) d
),
seen_text as (
  select seen, 1 as is_item from item
  union select lower(seller_name), 0 from live
  union select lower(remark), 0 from live where remark is not null
),
plain_word as (
  select distinct group_code, word, lower(word) as text,
    case when lower(word) between 'a' and 'zzzz' then 1 else 0 end as is_latin
  from keyword where word_kind = 'keyword' and left(word, 1) <> '=' and right(word, 1) <> '$'
),
present as (
  select distinct t.seen, w.text, w.is_latin from (select distinct seen from seen_text) t
  join (select distinct text, is_latin from plain_word) w on strpos(t.seen, w.text) > 0
),
occurrence as (
  select p.seen, p.text, n.n as at_char
  from present p join place n on n.n <= length(p.seen) and substr(p.seen, n.n, length(p.text)) = p.text
  where p.is_latin = 0
    or (coalesce(nullif(substr(concat(' ', p.seen), n.n, 1), ''), ' ') not between 'a' and 'z'
      and coalesce(nullif(substr(p.seen, n.n + length(p.text), 1), ''), ' ') not between 'a' and 'z')
),
whole_word as (
  select distinct group_code, word, case when left(word, 1) = '=' then substr(word, 2) else left(word, length(word) - 1) end as text
  from keyword where word_kind = 'keyword' and (left(word, 1) = '=' or right(word, 1) = '$')
),
placed as (
  select o.seen, w.group_code, w.word, w.word as shown, o.at_char, length(o.text) as size
  from occurrence o join plain_word w on w.text = o.text
  union all
  select i.seen, w.group_code, w.word, w.text, i.class_length + 1, length(w.text)
  from item i join whole_word w on left(w.word, 1) = '=' and w.text = i.bare
  union all
  select i.seen, w.group_code, w.word, w.text, i.class_length + 1 + length(i.bare) - length(w.text), length(w.text)
  from item i join whole_word w on left(w.word, 1) <> '=' and right(i.bare, length(w.text)) = w.text
),
stop_word as (
  select lower(word) as text, group_code, valid_from, valid_to from keyword where word_kind = 'stop' and left(word, 1) <> '!'
),
stop_present as (
  select t.seen, s.group_code, s.text, s.valid_from, s.valid_to
  from (select distinct seen, group_code from placed) t
  join stop_word s on s.group_code = t.group_code and strpos(t.seen, s.text) > 0
),
covered as (
  select distinct p.seen, p.group_code, p.word, p.at_char, s.valid_from, s.valid_to
  from placed p
  join stop_present s on s.seen = p.seen and s.group_code = p.group_code and length(s.text) >= p.size
  join place n on n.n between p.at_char + p.size - length(s.text) and p.at_char
  where substr(p.seen, n.n, length(s.text)) = s.text
),
name_stop as (
  select group_code, substr(word, 2) as text, valid_from, valid_to, 0 as is_broad
  from keyword where word_kind = 'stop' and left(word, 1) = '!'
  union all
  select g.group_code, substr(k.word, 2), k.valid_from, k.valid_to, 1
  from keyword k cross join (select unnest(string_to_array(cast($broad_stop_for as text), '|')) as group_code) g
  where k.word_kind = 'stop' and left(k.word, 1) = '!'
    and k.group_code in (select unnest(string_to_array(cast($broad_stop_groups as text), '|')))
),
stopped_name as (
  select i.item_name, s.group_code, s.valid_from, s.valid_to, s.is_broad
  from item i join name_stop s on strpos(i.item_name, replace(s.text, '$', '')) > 0
  where right(s.text, 1) <> '$' or right(i.bare, length(s.text) - 1) = left(s.text, length(s.text) - 1)
),
line as (
  select l.invoice_code, l.invoice_no, l.issued_on, l.seller_name, l.remark, n.line_no, n.item_name, n.tax_class_code,
    cast(n.amount + coalesce(n.tax, 0) as numeric(18,2)) as amount
  from live l join invoice_line n on n.invoice_no = l.invoice_no and coalesce(n.invoice_code, '') = l.invoice_code
  union all
  select l.invoice_code, l.invoice_no, l.issued_on, l.seller_name, l.remark, 0, null, null, l.total
  from live l
  where not exists (
    select 1 from invoice_line n where n.invoice_no = l.invoice_no and coalesce(n.invoice_code, '') = l.invoice_code)
),
class_prefix as (
  select distinct group_code, word from keyword where word_kind = 'tax_class'
),
coded as (
  select d.tax_class_code, p.group_code, p.word
  from (select distinct tax_class_code from invoice_line where tax_class_code is not null) d
  join class_prefix p on left(d.tax_class_code, length(p.word)) = p.word
),
named as (
  -- Places in the item name, by the name itself: words, short classes.
  select i.item_name, p.group_code, p.word, p.shown, p.at_char, i.seen from item i join placed p on p.seen = i.seen
  union all
  select i.item_name, k.group_code, k.word, concat('*', k.word, '*'), 1, null
  from item i join keyword k on k.word_kind = 'short_class' and k.word = i.short_class
),
raw_hit as (
  select n.*, m.group_code, m.word, m.shown, 1 as source, m.at_char, m.seen from line n join named m on m.item_name = n.item_name
  union all
  select n.*, c.group_code, c.word, c.word, 2, 1, null from line n join coded c on c.tax_class_code = n.tax_class_code
  union all
  select n.*, m.group_code, m.word, m.shown, 3, m.at_char, m.seen
  from line n join (select s.seller_name, p.* from (select distinct seller_name from live) s join placed p on p.seen = lower(s.seller_name)) m
    on m.seller_name = n.seller_name
  union all
  select n.*, m.group_code, m.word, m.shown, 4, m.at_char, m.seen
  from line n join (select s.remark, p.* from (select distinct remark from live where remark is not null) s join placed p on p.seen = lower(s.remark)) m
    on m.remark = n.remark
),
group_word as (
  -- A word may stand under several kinds; the row of its own validity decides the level.
  select distinct group_code, group_name, word, level, prohibited, valid_from, valid_to from keyword where word_kind <> 'stop'
),
in_force as (
  select h.invoice_code, h.invoice_no, h.line_no, h.item_name, h.seller_name, h.remark, h.issued_on, h.amount, h.group_code,
    h.word, h.source, h.shown, min(h.at_char) as at_char, g.group_name, g.level, g.prohibited
  from raw_hit h
  join group_word g on g.group_code = h.group_code and g.word = h.word
    and g.valid_from <= h.issued_on and (g.valid_to is null or g.valid_to >= h.issued_on)
  where not exists (
      select 1 from covered c where c.seen = h.seen and c.group_code = h.group_code and c.word = h.word and c.at_char = h.at_char
        and c.valid_from <= h.issued_on and (c.valid_to is null or c.valid_to >= h.issued_on))
    and not exists (
      select 1 from stopped_name s where s.item_name = h.item_name and s.group_code = h.group_code
        and (s.is_broad = 0 or (h.source = 1 and h.seen is not null)) and s.valid_from <= h.issued_on and (s.valid_to is null or s.valid_to >= h.issued_on))
  group by h.invoice_code, h.invoice_no, h.line_no, h.item_name, h.seller_name, h.remark, h.issued_on, h.amount, h.group_code,
    h.word, h.source, h.shown, g.group_name, g.level, g.prohibited
),
resort_word as (
  select word from (select unnest(string_to_array(cast($resort_words as text), '|')) as word) w where word <> ''
),
designated as (
  select name from (select unnest(string_to_array(cast($designated_sellers as text), '|')) as name) w where name <> ''
),
line_count as (
  select n.invoice_no, coalesce(n.invoice_code, '') as invoice_code, count(*) as lines from invoice_line n
  join (select distinct invoice_no from in_force) f on f.invoice_no = n.invoice_no
  group by n.invoice_no, coalesce(n.invoice_code, '')
),
counted as (
  select f.* from in_force f
  left join line_count c on c.invoice_code = f.invoice_code and c.invoice_no = f.invoice_no
  left join calendar_day d on d.day = f.issued_on
  where (f.word not in (select unnest(string_to_array(cast($resort_only as text), '|')))
      or exists (select 1 from resort_word r where strpos(concat_ws(' ', f.item_name, f.seller_name, f.remark), r.word) > 0))
    and (f.word not in (select unnest(string_to_array(cast($unlisted_only as text), '|'))) or coalesce(c.lines, 0) = 1)
    and (f.word not in (select unnest(string_to_array(cast($designated_only as text), '|')))
      or ((select count(*) from designated) > 0 and f.seller_name not in (select name from designated))
      or (f.word in (select unnest(string_to_array(cast($holiday_only as text), '|'))) and d.is_workday = false))
),
group_sum as (
  select invoice_code, invoice_no, issued_on, group_code, min(group_name) as group_name, sum(amount) as amount,
    min(case level when 'red' then 1 when 'yellow' then 2 else 3 end) as rank, max(case when prohibited then 1 else 0 end) as prohibited
  from (select distinct invoice_code, invoice_no, issued_on, line_no, amount, group_code, group_name, level, prohibited from counted) l
  group by invoice_code, invoice_no, issued_on, group_code
),
festival as (
  select split_part(pair, '=', 1) as name, cast(split_part(pair, '=', 2) as integer) as days_before
  from (select unnest(string_to_array(cast($festivals as text), '|')) as pair) pairs where pair <> ''
),
festive_span as (
  select min(c.day) - f.days_before as from_day, max(c.day) + cast($festival_days_after as integer) as to_day
  from calendar_day c join festival f on strpos(c.holiday_name, f.name) > 0
  group by f.name, f.days_before, cast(extract(year from c.day) as integer)
),
graded as (
  select g.*, l.total, case
      when g.prohibited = 1 then 'prohibited'
      when g.group_code in (select unnest(string_to_array(cast($festive_groups as text), '|')))
        and exists (select 1 from festive_span s where g.issued_on between s.from_day and s.to_day) then 'festive'
      when g.group_code in (select unnest(string_to_array(cast($limited_groups as text), '|')))
        and g.amount > cast($group_limit as numeric(18,2)) then 'over_limit'
      when g.group_code in (select unnest(string_to_array(cast($round_groups as text), '|')))
        and l.total >= cast($round_amount as numeric(18,2)) and l.total % cast($round_to as integer) = 0 then 'round_vague'
      when g.rank < 3 then 'suspicious'
      else 'noted' end as condition
  from group_sum g join live l on l.invoice_code = g.invoice_code and l.invoice_no = g.invoice_no
),
ranked as (
  select *, case when condition in ('prohibited', 'festive') then 1
      when condition in ('over_limit', 'round_vague') then least(rank, 2) else rank end as weight,
    case condition when 'prohibited' then 1 when 'festive' then 2 when 'suspicious' then 3 when 'over_limit' then 4
      when 'round_vague' then 5 else 6 end as nth
  from graded
),
decided as (
  select invoice_code, invoice_no, min(weight) as weight, min(weight * 10 + nth) - min(weight) * 10 as nth,
    string_agg(distinct group_name, '、' order by group_name) as groups,
    max(case when condition = 'prohibited' then condition end) as c1, max(case when condition = 'festive' then condition end) as c2,
    max(case when condition = 'suspicious' then condition end) as c3, max(case when condition = 'over_limit' then condition end) as c4,
    max(case when condition = 'round_vague' then condition end) as c5, max(case when condition = 'noted' then condition end) as c6
  from ranked group by invoice_code, invoice_no
),
matched as (
  select invoice_code, invoice_no, sum(amount) as amount, string_agg(cast(line_no as text), ',' order by line_no) as lines
  from (select distinct invoice_code, invoice_no, line_no, amount from counted) l group by invoice_code, invoice_no
),
told as (
  select invoice_code, invoice_no, string_agg(found, '；' order by source, found) as words
  from (
    select distinct invoice_code, invoice_no, source, concat(group_name, '：', shown, '（',
      case source when 1 then concat('第', cast(line_no as text), '行项目名称') when 2 then concat('第', cast(line_no as text), '行税收编码')
        when 3 then '销售方' else '备注' end, '第', cast(at_char as text), '字）') as found
    from counted) f
  group by invoice_code, invoice_no
),
buyer as (
  select l.invoice_code, l.invoice_no, min(u.unit_code) as unit_code
  from decided d join live l on l.invoice_code = d.invoice_code and l.invoice_no = d.invoice_no
  join unit u on u.credit_code = l.buyer_tax_no
  where u.valid_from <= l.issued_on and (u.valid_to is null or u.valid_to >= l.issued_on)
  group by l.invoice_code, l.invoice_no
),
claim as (
  select coalesce(invoice_code, '') as invoice_code, invoice_no, unit_code,
    row_number() over (partition by coalesce(invoice_code, ''), invoice_no order by claimed_on, reimbursement_id) as nth
  from reimbursement
)
select l.invoice_code, l.invoice_no, coalesce(b.unit_code, c.unit_code) as unit_code, l.issued_on as on_date,
  cast(m.amount as numeric(18,2)) as amount, case d.weight when 1 then 'red' when 2 then 'yellow' else 'blue' end as level,
  case d.nth when 1 then 'prohibited' when 2 then 'festive' when 3 then 'suspicious' when 4 then 'over_limit'
    when 5 then 'round_vague' else 'noted' end as condition,
  l.seller_tax_no as counterparty, cast(null as text) as economic_code, l.seller_name, d.groups, t.words, m.lines, l.total as invoice_total,
  concat_ws(',', d.c1, d.c2, d.c3, d.c4, d.c5, d.c6) as conditions
from decided d
join live l on l.invoice_code = d.invoice_code and l.invoice_no = d.invoice_no
join matched m on m.invoice_code = d.invoice_code and m.invoice_no = d.invoice_no
join told t on t.invoice_code = d.invoice_code and t.invoice_no = d.invoice_no
left join buyer b on b.invoice_code = l.invoice_code and b.invoice_no = l.invoice_no
left join claim c on c.invoice_code = l.invoice_code and c.invoice_no = l.invoice_no and c.nth = 1
