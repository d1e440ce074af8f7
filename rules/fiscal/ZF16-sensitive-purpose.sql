-- Sensitive words in the purpose or the payee's name, a purpose at odds with its economic code or with the payee, and
-- round amounts at shops. Texts are judged once each, however often they occur.
with live as not materialized (
  select payment_id, unit_code, paid_on, amount, purpose, payee_name, payee_account, payee_code, payee_kind, economic_code
  from payment where payment_state not in ('void', 'returned')
),
purpose_text as materialized (
  select purpose as seen, upper(purpose) as capitals, max(amount) as largest
  from live where purpose is not null group by purpose
),
payee_text as materialized (
  -- A person's name says nothing: 珍珠 is a common one.
  select payee_name as seen, upper(payee_name) as capitals, max(amount) as largest
  from live where payee_name is not null and coalesce(payee_kind, '') <> 'person' group by payee_name
),
word as materialized (
  -- How words are marked stands in rules/keywords.yaml: =whole text, end of the text$, !cancels the group.
  select group_code, group_name, prohibited, valid_from, valid_to, word as entry,
    upper(replace(replace(word, '=', ''), '$', '')) as word,
    left(word, 1) = '=' as whole, right(word, 1) = '$' as at_end
  from keyword
  where word_kind = 'keyword' and group_code in (select unnest(string_to_array(cast($groups as text), '|')))
),
stop_word as (
  select group_code, upper(replace(word, '!', '')) as word, left(word, 1) = '!' as cancels, valid_from, valid_to
  from keyword
  where word_kind = 'stop' and group_code in (select unnest(string_to_array(cast($groups as text), '|')))
),
text as (
  select '用途' as field, seen, capitals from purpose_text where largest >= cast($least_amount as numeric(18,2))
  union all
  select '收款人', seen, capitals from payee_text where largest >= cast($least_amount as numeric(18,2))
),
place as (
  select cast(n as integer) as n from generate_series(1, 400) as g(n)
),
place_list as (
  select string_agg(lpad(cast(n as text), 3, '0'), '|' order by n) as places from place
),
letter as (
  -- Every place of every text, so that words are found by an equal join on their first letter.
  select field, seen, capitals, cast(place_text as integer) as at_char
  from (
    select t.field, t.seen, t.capitals,
      unnest(string_to_array(left(l.places, 4 * length(t.capitals) - 1), '|')) as place_text
    from text t cross join place_list l) spread
),
occurrence as materialized (
  -- Latin letters count as whole words: SPA is not in SPARK.
  select l.field, l.seen, l.capitals, l.at_char, w.*
  from letter l join word w on left(w.word, 1) = substr(l.capitals, l.at_char, 1)
  where substr(l.capitals, l.at_char, length(w.word)) = w.word
    and (not w.whole or (l.at_char = 1 and length(l.seen) = length(w.word)))
    and (not w.at_end or l.at_char + length(w.word) - 1 = length(l.seen))
    and (lower(left(w.word, 1)) = upper(left(w.word, 1)) or l.at_char = 1
      or lower(substr(l.seen, l.at_char - 1, 1)) = upper(substr(l.seen, l.at_char - 1, 1)))
    and (lower(right(w.word, 1)) = upper(right(w.word, 1))
      or lower(substr(l.seen, l.at_char + length(w.word), 1)) = upper(substr(l.seen, l.at_char + length(w.word), 1)))
),
stop_present as (
  select o.seen, o.group_code, s.word, s.cancels, s.valid_from, s.valid_to
  from (select distinct seen, capitals, group_code from occurrence) o
  join stop_word s on s.group_code = o.group_code and strpos(o.capitals, s.word) > 0
),
covered as (
  -- A stop-word of the group over the very place: 烟 in 油烟机 is no tobacco.
  select o.seen, o.group_code, o.entry, o.at_char, s.valid_from, s.valid_to
  from occurrence o
  join stop_present s on s.seen = o.seen and s.group_code = o.group_code
  where s.cancels or exists (
    select 1 from place n
    where n.n between o.at_char + length(o.word) - length(s.word) and o.at_char
      and substr(o.capitals, n.n, length(s.word)) = s.word)
),
touched as (
  select l.payment_id, l.paid_on, o.field, o.seen, o.group_code, o.group_name, o.entry, o.word, o.prohibited, o.at_char
  from occurrence o join live l on l.purpose = o.seen
  where o.field = '用途' and l.amount >= cast($least_amount as numeric(18,2))
    and o.valid_from <= l.paid_on and (o.valid_to is null or o.valid_to >= l.paid_on)
  union all
  select l.payment_id, l.paid_on, o.field, o.seen, o.group_code, o.group_name, o.entry, o.word, o.prohibited, o.at_char
  from occurrence o join live l on l.payee_name = o.seen
  where o.field = '收款人' and coalesce(l.payee_kind, '') <> 'person' and l.amount >= cast($least_amount as numeric(18,2))
    and o.valid_from <= l.paid_on and (o.valid_to is null or o.valid_to >= l.paid_on)
),
word_hit as (
  select t.payment_id, 'keyword' as condition, case when bool_or(t.prohibited) then 'red' else 'yellow' end as level,
    concat(t.group_name, '：', t.word, '（', t.field, '第', cast(min(t.at_char) as text), '字）') as found
  from touched t
  where not exists (
    select 1 from covered c
    where c.seen = t.seen and c.group_code = t.group_code and c.entry = t.entry and c.at_char = t.at_char
      and c.valid_from <= t.paid_on and (c.valid_to is null or c.valid_to >= t.paid_on))
  group by t.payment_id, t.group_name, t.word, t.field
),
code_pair as (
  select split_part(pair, '=', 1) as word, split_part(pair, '=', 2) as code
  from (select unnest(string_to_array(cast($purpose_codes as text), '|')) as pair) pairs
),
coded as materialized (
  select d.seen as purpose, c.word, c.code from purpose_text d join code_pair c on strpos(d.seen, c.word) > 0
),
code_hit as (
  select l.payment_id, 'mismatch' as condition, 'yellow' as level,
    concat('用途含“', w.word, '”，经济分类为', l.economic_code) as found
  from live l
  join (select purpose, min(word) as word from coded group by purpose) w on w.purpose = l.purpose
  where coalesce(l.economic_code, '') <> ''
    and not exists (select 1 from coded c where c.purpose = l.purpose and c.code = l.economic_code)
),
payee_pair as (
  select split_part(pair, '=', 1) as word, split_part(pair, '=', 2) as payee_word
  from (select unnest(string_to_array(cast($purpose_payees as text), '|')) as pair) pairs
),
payee_hit as (
  select l.payment_id, 'mismatch' as condition, 'yellow' as level,
    concat('用途含“', p.word, '”，收款人名称含“', y.payee_word, '”') as found
  from (
    select t.seen, w.payee_word
    from payee_text t join (select distinct payee_word from payee_pair) w on strpos(t.seen, w.payee_word) > 0) y
  join live l on l.payee_name = y.seen
  join payee_pair p on p.payee_word = y.payee_word and strpos(l.purpose, p.word) > 0
),
shop_hit as (
  select l.payment_id, 'round_at_shop' as condition, 'yellow' as level,
    concat('收款人名称含“', s.word, '”，整百金额') as found
  from (
    select t.seen, min(w.word) as word
    from payee_text t
    join (select unnest(string_to_array(cast($shop_words as text), '|')) as word) w on strpos(t.seen, w.word) > 0
    group by t.seen) s
  join live l on l.payee_name = s.seen
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
  coalesce(l.payee_code, l.payee_account) as counterparty, l.economic_code, l.payee_name, l.purpose, s.words,
  concat_ws(',', case when s.by_keyword = 1 then 'keyword' end, case when s.by_mismatch = 1 then 'mismatch' end,
    case when s.by_shop = 1 then 'round_at_shop' end) as conditions
from summed s join live l on l.payment_id = s.payment_id
