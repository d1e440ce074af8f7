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
  select group_code, lower(word) as word, word_kind, valid_from, valid_to,
    case when left(word, 1) = '=' then 'whole' when right(word, 1) = '$' then 'end' when lower(word) between 'a' and 'zzzz' then 'latin'
      else 'plain' end as form
  from keyword where group_code in (select unnest(string_to_array(cast($meal_groups as text), '|')))
),
seen_text as materialized (
  -- The bare name has no short class, quantity or bracket, so that whole names can be compared; sellers have none.
  select t.shown, lower(t.shown) as seen, t.is_item,
    case when t.shown like '*%*%' then split_part(t.shown, '*', 2) end as short_class,
    case when t.shown like '*%*%' then length(split_part(t.shown, '*', 2)) + 2 else 0 end as class_length,
    lower(regexp_replace(regexp_replace(case when t.shown like '*%*%' then substr(t.shown, length(split_part(t.shown, '*', 2)) + 3)
        else t.shown end, '[0-9（( *].*$', ''), '(一|二|两|三|四|五|六|八|十)(箱|条|瓶|包|盒|份|张|件)$', '')) as bare
  from (
    select distinct item_name as shown, 1 as is_item from invoice_line
    union all
    select distinct l.seller_name, 0 from live l where not exists (
      select 1 from invoice_line n where n.invoice_no = l.invoice_no and coalesce(n.invoice_code, '') = l.invoice_code)
  ) t
),
placed as materialized (
  select row_number() over (order by shown, is_item, word, valid_from, at_char) as place_id, p.*
  from (
    select t.shown, t.seen, t.is_item, w.group_code, w.word, w.valid_from, w.valid_to, n.n as at_char, length(w.word) as size
    from seen_text t
    join meal_word w on w.word_kind = 'keyword' and w.form in ('plain', 'latin') and strpos(t.seen, w.word) > 0
    join place n on n.n <= length(t.seen) and starts_with(substr(t.seen, n.n), w.word)
    where w.form = 'plain'
      or (coalesce(nullif(substr(concat(' ', t.seen), n.n, 1), ''), ' ') not between 'a' and 'z'
        and coalesce(nullif(substr(t.seen, n.n + length(w.word), 1), ''), ' ') not between 'a' and 'z')
    union all
    select t.shown, t.seen, 1, w.group_code, w.word, w.valid_from, w.valid_to, t.class_length + 1, length(w.word) - 1
    from seen_text t join meal_word w on w.word_kind = 'keyword' and w.form = 'whole' and substr(w.word, 2) = t.bare
    where t.is_item = 1
    union all
    select t.shown, t.seen, 1, w.group_code, w.word, w.valid_from, w.valid_to, t.class_length + 2 + length(t.bare) - length(w.word),
      length(w.word) - 1
    from seen_text t join meal_word w on w.word_kind = 'keyword' and w.form = 'end' and length(t.bare) >= length(w.word) - 1
      and starts_with(right(t.bare, length(w.word) - 1), left(w.word, length(w.word) - 1))
    where t.is_item = 1
  ) p
),
covered as materialized (
  select distinct p.place_id, s.valid_from, s.valid_to
  from placed p
  join meal_word s on s.word_kind = 'stop' and s.group_code = p.group_code and left(s.word, 1) <> '!' and length(s.word) >= p.size
  join place n on n.n between p.at_char + p.size - length(s.word) and p.at_char
  where starts_with(substr(p.seen, n.n), s.word)
),
stopped as materialized (
  -- Own stop-words of the line stop words, classes and codes; those for several groups stop words only.
  select distinct t.shown, t.is_item, s.valid_from, s.valid_to,
    case when s.group_code in (select unnest(string_to_array(cast($meal_groups as text), '|'))) then 1 else 0 end as is_own
  from seen_text t
  join keyword s on s.word_kind = 'stop' and left(s.word, 1) = '!' and strpos(t.shown, replace(substr(s.word, 2), '$', '')) > 0
  where (right(s.word, 1) <> '$'
      or starts_with(right(t.bare, length(s.word) - 2), lower(substr(s.word, 2, length(s.word) - 2))))
    and (s.group_code in (select unnest(string_to_array(cast($meal_groups as text), '|')))
      or s.group_code in (select unnest(string_to_array(cast($broad_stop_groups as text), '|'))))
),
meal_text as materialized (
  select shown, is_item, place_id, valid_from, valid_to from placed
  union all
  select t.shown, t.is_item, 0, w.valid_from, w.valid_to
  from seen_text t join meal_word w on w.word_kind = 'short_class' and w.word = lower(t.short_class)
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
found_line as materialized (
  -- A line, or the seller of an invoice without lines, with the place of a word; 0 where a class, a code or the kind of
  -- seller tells.
  select l.invoice_code, l.invoice_no, l.issued_on, n.line_no, n.item_name as shown, 1 as is_item, m.place_id,
    cast(n.amount + coalesce(n.tax, 0) as numeric(18,2)) as amount
  from live l
  join invoice_line n on n.invoice_no = l.invoice_no and coalesce(n.invoice_code, '') = l.invoice_code
  join meal_text m on m.shown = n.item_name and m.is_item = 1
    and m.valid_from <= l.issued_on and (m.valid_to is null or m.valid_to >= l.issued_on)
  union all
  select l.invoice_code, l.invoice_no, l.issued_on, n.line_no, n.item_name, 1, 0,
    cast(n.amount + coalesce(n.tax, 0) as numeric(18,2))
  from live l
  join invoice_line n on n.invoice_no = l.invoice_no and coalesce(n.invoice_code, '') = l.invoice_code
  join meal_code m on m.tax_class_code = n.tax_class_code and m.valid_from <= l.issued_on
    and (m.valid_to is null or m.valid_to >= l.issued_on)
  union all
  select l.invoice_code, l.invoice_no, l.issued_on, 0, l.seller_name, 0, m.place_id, l.total
  from live l
  join meal_text m on m.shown = l.seller_name and m.is_item = 0
    and m.valid_from <= l.issued_on and (m.valid_to is null or m.valid_to >= l.issued_on)
),
meal_line as materialized (
  select f.invoice_code, f.invoice_no, f.line_no, f.shown as item_name, f.amount
  from found_line f
  where not exists (
      select 1 from covered c where c.place_id = f.place_id
        and c.valid_from <= f.issued_on and (c.valid_to is null or c.valid_to >= f.issued_on))
    and not exists (
      select 1 from stopped s where s.shown = f.shown and s.is_item = f.is_item and (s.is_own = 1 or f.place_id > 0)
        and s.valid_from <= f.issued_on and (s.valid_to is null or s.valid_to >= f.issued_on))
  union
  select l.invoice_code, l.invoice_no, 0, l.seller_name, l.total
  from live l join eatery e on e.seller_name = l.seller_name
  where not exists (
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
