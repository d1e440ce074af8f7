-- One invoice for a meal above a limit: the lines of a group of keywords (dining), with tax. A line is a meal by its short
-- class, its tax class code or a keyword of the group in its name; an invoice without lines by its seller's name.
with place as materialized (
  select cast(n as integer) as n from generate_series(1, 400) as g(n)
),
taken_back as (
  select coalesce(red_of_code, '') as invoice_code, red_of_no as invoice_no, sum(total) as total
  from invoice where invoice_state = 'red' and red_of_no is not null group by coalesce(red_of_code, ''), red_of_no
),
live as materialized (
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.issued_on, i.total, i.buyer_tax_no, i.seller_name,
    i.seller_tax_no
  from invoice i
  left join taken_back t on t.invoice_code = coalesce(i.invoice_code, '') and t.invoice_no = i.invoice_no
  where i.invoice_state = 'normal' and i.total > 0 and i.total + coalesce(t.total, 0) > 0
),
meal_word as materialized (
  select word, word_kind, valid_from, valid_to from keyword
  where group_code in (select unnest(string_to_array(cast($meal_groups as text), '|')))
),
seen_text as materialized (
  select distinct item_name as seen from invoice_line
  union
  select l.seller_name from live l where not exists (
    select 1 from invoice_line n where n.invoice_no = l.invoice_no and coalesce(n.invoice_code, '') = l.invoice_code)
),
occurrence as materialized (
  select t.seen, w.word, w.valid_from, w.valid_to, n.n as at_char
  from seen_text t
  join meal_word w on w.word_kind = 'keyword' and strpos(t.seen, w.word) > 0
  join place n on n.n <= length(t.seen) and starts_with(substr(t.seen, n.n), w.word)
),
covered as materialized (
  select distinct o.seen, o.word, o.at_char
  from occurrence o
  join meal_word s on s.word_kind = 'stop' and length(s.word) >= length(o.word)
  join place n on n.n between o.at_char + length(o.word) - length(s.word) and o.at_char
  where starts_with(substr(o.seen, n.n), s.word)
),
stopped as materialized (
  -- Own stop-words of the line stop words, classes and codes; those for several groups stop words only.
  select t.seen, max(case when s.group_code in (select unnest(string_to_array(cast($meal_groups as text), '|'))) then 1 else 0 end) as is_own
  from seen_text t
  join keyword s on s.word_kind = 'stop' and left(s.word, 1) = '!' and strpos(t.seen, replace(substr(s.word, 2), '$', '')) > 0
  where (right(s.word, 1) <> '$'
      or starts_with(right(regexp_replace(t.seen, '[0-9（( ].*$', ''), length(s.word) - 2), substr(s.word, 2, length(s.word) - 2)))
    and (s.group_code in (select unnest(string_to_array(cast($meal_groups as text), '|')))
      or s.group_code in (select unnest(string_to_array(cast($broad_stop_groups as text), '|'))))
  group by t.seen
),
meal_text as materialized (
  select o.seen, o.valid_from, o.valid_to from occurrence o
  left join covered c on c.seen = o.seen and c.word = o.word and c.at_char = o.at_char
  left join stopped s on s.seen = o.seen
  where c.seen is null and s.seen is null
  union
  select t.seen, w.valid_from, w.valid_to from seen_text t
  join meal_word w on w.word_kind = 'short_class' and t.seen like '*%*%' and split_part(t.seen, '*', 2) = w.word
  left join stopped s on s.seen = t.seen and s.is_own = 1
  where s.seen is null
),
eatery as materialized (
  select distinct l.seller_name from (select distinct seller_name from live) l
  join (select unnest(string_to_array(cast($eatery_words as text), '|')) as word) w on w.word <> '' and strpos(l.seller_name, w.word) > 0
),
meal_code as materialized (
  select d.tax_class_code, w.valid_from, w.valid_to
  from (select distinct tax_class_code from invoice_line where tax_class_code is not null) d
  join meal_word w on w.word_kind = 'tax_class' and starts_with(d.tax_class_code, w.word)
),
meal_line as materialized (
  select l.invoice_code, l.invoice_no, n.line_no, n.item_name, cast(n.amount + coalesce(n.tax, 0) as numeric(18,2)) as amount
  from live l
  join invoice_line n on n.invoice_no = l.invoice_no and coalesce(n.invoice_code, '') = l.invoice_code
  join meal_text m on m.seen = n.item_name and m.valid_from <= l.issued_on and (m.valid_to is null or m.valid_to >= l.issued_on)
  union
  select l.invoice_code, l.invoice_no, n.line_no, n.item_name, cast(n.amount + coalesce(n.tax, 0) as numeric(18,2))
  from live l
  join invoice_line n on n.invoice_no = l.invoice_no and coalesce(n.invoice_code, '') = l.invoice_code
  join meal_code m on m.tax_class_code = n.tax_class_code and m.valid_from <= l.issued_on
    and (m.valid_to is null or m.valid_to >= l.issued_on)
  left join stopped s on s.seen = n.item_name and s.is_own = 1
  where s.seen is null
  union
  select l.invoice_code, l.invoice_no, 0, l.seller_name, l.total
  from live l
  left join meal_text m on m.seen = l.seller_name and m.valid_from <= l.issued_on and (m.valid_to is null or m.valid_to >= l.issued_on)
  left join eatery e on e.seller_name = l.seller_name
  where (m.seen is not null or e.seller_name is not null) and not exists (
    select 1 from invoice_line n where n.invoice_no = l.invoice_no and coalesce(n.invoice_code, '') = l.invoice_code)
),
meal as (
  select invoice_code, invoice_no, sum(amount) as amount, string_agg(distinct item_name, '、' order by item_name) as items
  from meal_line group by invoice_code, invoice_no
  having sum(amount) > least(cast($yellow_limit as numeric(18,2)), cast($red_limit as numeric(18,2)))
),
found as (
  select l.*, m.amount as meal_amount, m.items
  from meal m join live l on l.invoice_code = m.invoice_code and l.invoice_no = m.invoice_no
),
buyer as (
  select f.invoice_code, f.invoice_no, min(u.unit_code) as unit_code
  from found f join unit u on u.credit_code = f.buyer_tax_no
  where u.valid_from <= f.issued_on and (u.valid_to is null or u.valid_to >= f.issued_on)
  group by f.invoice_code, f.invoice_no
),
claim as (
  select coalesce(invoice_code, '') as invoice_code, invoice_no, unit_code,
    row_number() over (partition by coalesce(invoice_code, ''), invoice_no order by claimed_on, reimbursement_id) as nth
  from reimbursement
)
select f.invoice_code, f.invoice_no, coalesce(b.unit_code, c.unit_code) as unit_code, f.issued_on as on_date,
  cast(f.meal_amount as numeric(18,2)) as amount,
  case when f.meal_amount > cast($red_limit as numeric(18,2)) then 'red' else 'yellow' end as level,
  case when f.meal_amount > cast($red_limit as numeric(18,2)) then 'above_red' else 'above_yellow' end as condition,
  f.seller_tax_no as counterparty, cast(null as text) as economic_code, f.seller_name, f.items,
  case when f.meal_amount > cast($red_limit as numeric(18,2)) then cast($red_limit as numeric(18,2))
    else cast($yellow_limit as numeric(18,2)) end as threshold
from found f
left join buyer b on b.invoice_code = f.invoice_code and b.invoice_no = f.invoice_no
left join claim c on c.invoice_code = f.invoice_code and c.invoice_no = f.invoice_no and c.nth = 1
