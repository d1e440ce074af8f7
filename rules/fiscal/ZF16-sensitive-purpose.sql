-- Sensitive words in the purpose or the payee's name, a purpose at odds with its economic code or with the payee, and
-- round amounts at shops. Texts are judged once each, however often they occur.
with recursive place as (
  select 1 as n union all select n + 1 from place where n < 400
),
live as (
  select payment_id, unit_code, paid_on, amount, purpose, payee_name, payee_account, economic_code
  from payment where payment_state not in ('void', 'returned')
),
word as (
  select word, group_name, level, prohibited, group_code, valid_from, valid_to from keyword
  where word_kind = 'keyword' and group_code in (select unnest(string_to_array(cast($groups as text), '|')))
),
stop_word as (
  select group_code, word, valid_from, valid_to from keyword where word_kind = 'stop'
),
seen_text as (
  select distinct purpose as seen from live where amount >= cast($least_amount as numeric(18,2)) and purpose is not null
  union
  select distinct payee_name from live where amount >= cast($least_amount as numeric(18,2)) and payee_name is not null
),
present as (
  select t.seen, w.word, w.group_name, w.level, w.prohibited, w.group_code, w.valid_from, w.valid_to
  from seen_text t join word w on strpos(t.seen, w.word) > 0
),
occurrence as (
  select p.*, n.n as at_char
  from present p join place n on n.n <= length(p.seen) and substr(p.seen, n.n, length(p.word)) = p.word
),
covered as (
  -- A stop-word of the group over the very place: 烟 in 油烟机 is no tobacco.
  select distinct o.seen, o.word, o.at_char
  from occurrence o
  join stop_word s on s.group_code = o.group_code and length(s.word) >= length(o.word)
  join place n on n.n between o.at_char + length(o.word) - length(s.word) and o.at_char
  where substr(o.seen, n.n, length(s.word)) = s.word
),
counted as (
  select o.seen, o.word, o.group_name, o.level, o.prohibited, o.valid_from, o.valid_to, min(o.at_char) as at_char
  from occurrence o
  left join covered c on c.seen = o.seen and c.word = o.word and c.at_char = o.at_char
  where c.seen is null
  group by o.seen, o.word, o.group_name, o.level, o.prohibited, o.valid_from, o.valid_to
),
word_hit as (
  select l.payment_id, 'keyword' as condition, case when c.prohibited then 'red' else 'yellow' end as level,
    concat(c.group_name, '：', c.word, '（', case when l.purpose = c.seen then '用途' else '收款人' end, '第', cast(c.at_char as text), '字）') as found
  from live l join counted c on c.seen = l.purpose or c.seen = l.payee_name
  where l.amount >= cast($least_amount as numeric(18,2))
    and c.valid_from <= l.paid_on and (c.valid_to is null or c.valid_to >= l.paid_on)
),
code_pair as (
  select split_part(pair, '=', 1) as word, split_part(pair, '=', 2) as code
  from (select unnest(string_to_array(cast($purpose_codes as text), '|')) as pair) pairs
),
payee_pair as (
  select split_part(pair, '=', 1) as word, split_part(pair, '=', 2) as payee_word
  from (select unnest(string_to_array(cast($purpose_payees as text), '|')) as pair) pairs
),
coded as (
  select distinct d.purpose, c.word, c.code
  from (select distinct purpose from live where purpose is not null) d join code_pair c on strpos(d.purpose, c.word) > 0
),
code_hit as (
  select l.payment_id, 'mismatch' as condition, 'yellow' as level,
    concat('用途含“', min(c.word), '”，经济分类为', l.economic_code) as found
  from live l join coded c on c.purpose = l.purpose
  where coalesce(l.economic_code, '') <> ''
  group by l.payment_id, l.economic_code
  having max(case when l.economic_code = c.code then 1 else 0 end) = 0
),
payee_coded as (
  select distinct d.purpose, d.payee_name, c.word, c.payee_word
  from (select distinct purpose, payee_name from live where purpose is not null and payee_name is not null) d
  join payee_pair c on strpos(d.purpose, c.word) > 0 and strpos(d.payee_name, c.payee_word) > 0
),
payee_hit as (
  select l.payment_id, 'mismatch' as condition, 'yellow' as level,
    concat('用途含“', c.word, '”，收款人名称含“', c.payee_word, '”') as found
  from live l join payee_coded c on c.purpose = l.purpose and c.payee_name = l.payee_name
),
shop as (
  select distinct d.payee_name, w.word
  from (select distinct payee_name from live where payee_name is not null) d
  join (select unnest(string_to_array(cast($shop_words as text), '|')) as word) w on strpos(d.payee_name, w.word) > 0
),
shop_hit as (
  select l.payment_id, 'round_at_shop' as condition, 'yellow' as level, concat('收款人名称含“', s.word, '”，整百金额') as found
  from live l join shop s on s.payee_name = l.payee_name
  where l.amount > 0 and l.amount % 100 = 0
),
found as (
  select * from word_hit union all select * from code_hit union all select * from payee_hit union all select * from shop_hit
),
summed as (
  select payment_id,
    max(case when level = 'red' then 1 else 0 end) as is_red,
    min(case condition when 'keyword' then 1 when 'mismatch' then 2 else 3 end) as heaviest,
    max(case when condition = 'keyword' then 1 else 0 end) as by_keyword,
    max(case when condition = 'mismatch' then 1 else 0 end) as by_mismatch,
    max(case when condition = 'round_at_shop' then 1 else 0 end) as by_shop,
    string_agg(distinct found, '；' order by found) as words
  from found group by payment_id
)
select l.payment_id, l.unit_code, l.paid_on as on_date, l.amount, case when s.is_red = 1 then 'red' else 'yellow' end as level,
  case s.heaviest when 1 then 'keyword' when 2 then 'mismatch' else 'round_at_shop' end as condition,
  l.payee_account as counterparty, l.economic_code, l.payee_name, l.purpose, s.words,
  concat_ws(',', case when s.by_keyword = 1 then 'keyword' end, case when s.by_mismatch = 1 then 'mismatch' end,
    case when s.by_shop = 1 then 'round_at_shop' end) as conditions
from summed s join live l on l.payment_id = s.payment_id
