-- Receivers of notices are found by notices.holders_of, which also minds recusal; a second way is not needed.
drop function identity.holders_of;
