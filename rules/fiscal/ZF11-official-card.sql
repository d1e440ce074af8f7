-- Small expenses on the compulsory card list that were paid in cash or to a private person without the official card.
select payment_id, unit_code, paid_on as on_date, amount, 'yellow' as level, 'not_by_card' as condition,
  coalesce(payee_code, payee_account) as counterparty, economic_code, payee_name, purpose, settlement
from payment
where economic_code in (select unnest(string_to_array(cast($card_codes as text), '|')))
  and settlement <> 'official_card'
  and (payee_kind = 'person' or settlement = 'cash')
  and amount < cast($limit as numeric(18,2))
  and coalesce(trim(card_exempt_reason), '') = ''
  and payment_kind not in ('salary', 'subsidy_batch') and payment_state not in ('void', 'returned')
