-- What a unit spends on a category in a month against the month before, and in a quarter against the same quarter a year
-- earlier; or on one that it spent nothing on the month before, though it had invoices then. A line's category is its short class (*餐饮服务*); lines without one are told by the words of a parameter.
with taken_back as (
  select coalesce(red_of_code, '') as invoice_code, red_of_no as invoice_no, sum(total) as total
  from invoice where invoice_state = 'red' and red_of_no is not null group by coalesce(red_of_code, ''), red_of_no
),
claim as (
  select coalesce(invoice_code, '') as invoice_code, invoice_no, unit_code,
    row_number() over (partition by coalesce(invoice_code, ''), invoice_no order by claimed_on, reimbursement_id) as nth
  from reimbursement
),
live as (
  -- A partial red-letter invoice takes its share off every line: in fen, rounded half up.
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.issued_on, i.buyer_tax_no,
    cast(i.total * 100 as numeric(18,0)) as whole, cast((i.total + coalesce(t.total, 0)) * 100 as numeric(18,0)) as left_of_it
  from invoice i
  left join taken_back t on t.invoice_code = coalesce(i.invoice_code, '') and t.invoice_no = i.invoice_no
  where i.invoice_state = 'normal' and i.total > 0 and i.total + coalesce(t.total, 0) > 0
),
buyer as (
  select l.invoice_code, l.invoice_no, min(u.unit_code) as unit_code
  from live l join unit u on u.credit_code = l.buyer_tax_no
  where u.valid_from <= l.issued_on and (u.valid_to is null or u.valid_to >= l.issued_on)
  group by l.invoice_code, l.invoice_no
),
named as (
  select split_part(pair, '=', 1) as word, split_part(pair, '=', 2) as category
  from (select unnest(string_to_array(cast($plain_names as text), '|')) as pair) pairs
),
told as (
  select d.item_name, coalesce(
    case when d.item_name like '*%*%' and split_part(d.item_name, '*', 2) <> '' then split_part(d.item_name, '*', 2) end,
    min(n.category)) as category
  from (select distinct item_name from invoice_line) d
  left join named n on n.word <> '' and strpos(d.item_name, n.word) > 0
  group by d.item_name
),
priced as (
  select coalesce(b.unit_code, c.unit_code) as unit_code, k.category, l.issued_on,
    l.whole, cast(cast((n.amount + coalesce(n.tax, 0)) * 100 as numeric(18,0)) * l.left_of_it * 2 + l.whole as numeric(38,0)) as share
  from live l
  join invoice_line n on n.invoice_no = l.invoice_no and coalesce(n.invoice_code, '') = l.invoice_code
  join told k on k.item_name = n.item_name and k.category is not null
  left join buyer b on b.invoice_code = l.invoice_code and b.invoice_no = l.invoice_no
  left join claim c on c.invoice_code = l.invoice_code and c.invoice_no = l.invoice_no and c.nth = 1
  where coalesce(b.unit_code, c.unit_code) is not null
),
spent as (
  -- What is divided is a multiple of the divisor, so that both engines come to the same whole fen.
  select unit_code, category, issued_on,
    cast(cast(round((share - ((share % (whole * 2)) + whole * 2) % (whole * 2)) / (whole * 2)) as numeric(18,0)) * 0.01 as numeric(18,2))
      as amount
  from priced
),
monthly as (
  select unit_code, category, cast(extract(year from issued_on) as integer) * 12 + cast(extract(month from issued_on) as integer) - 1 as no,
    max(issued_on) as last_on, sum(amount) as amount
  from spent group by unit_code, category, cast(extract(year from issued_on) as integer) * 12 + cast(extract(month from issued_on) as integer) - 1
),
quarterly as (
  select unit_code, category, cast(floor(no / 3) as integer) as no, max(last_on) as last_on, sum(amount) as amount
  from monthly group by unit_code, category, cast(floor(no / 3) as integer)
),
active as (
  select distinct unit_code, no from monthly
),
grown as (
  select m.unit_code, m.category, left(cast(m.last_on as text), 7) as period, m.last_on, m.amount, p.amount as before,
    'month' as condition, 'yellow' as level
  from monthly m join monthly p on p.unit_code = m.unit_code and p.category = m.category and p.no = m.no - 1
  where m.amount >= cast($month_floor as numeric(18,2)) and p.amount > 0
    and cast(m.amount as numeric(38,2)) > cast(p.amount as numeric(38,2)) * (1 + cast($month_growth as numeric(9,6)))
  union all
  select q.unit_code, q.category, concat(left(cast(q.last_on as text), 4), '-Q', cast(q.no % 4 + 1 as text)), q.last_on, q.amount,
    p.amount as before, 'quarter' as condition, 'yellow' as level
  from quarterly q join quarterly p on p.unit_code = q.unit_code and p.category = q.category and p.no = q.no - 4
  where q.amount >= cast($quarter_floor as numeric(18,2)) and p.amount > 0
    and cast(q.amount as numeric(38,2)) > cast(p.amount as numeric(38,2)) * (1 + cast($quarter_growth as numeric(9,6)))
  union all
  select m.unit_code, m.category, left(cast(m.last_on as text), 7), m.last_on, m.amount, 0, 'new', 'yellow'
  from monthly m
  join active a on a.unit_code = m.unit_code and a.no = m.no - 1
  left join monthly p on p.unit_code = m.unit_code and p.category = m.category and p.no = m.no - 1
  where m.amount >= cast($new_floor as numeric(18,2)) and coalesce(p.amount, 0) <= 0
)
select unit_code, category, period, last_on as on_date, cast(amount as numeric(18,2)) as amount, level, condition,
  cast(null as text) as counterparty, cast(null as text) as economic_code, cast(before as numeric(18,2)) as amount_before,
  cast(amount - before as numeric(18,2)) as increase,
  cast(cast(amount - before as numeric(18,6)) / nullif(cast(before as numeric(18,2)), 0) as numeric(18,6)) as growth,
  case condition when 'quarter' then '上年同季' else '上月' end as compared_with
from grown
