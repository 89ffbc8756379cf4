-- How many kinds of payments there are: the planner takes these columns to vary independently, expects about as many kinds as rows, and
-- sorts all rows in place of counting the few kinds.
create statistics fund.payments_alike (ndistinct) on area, paid_on, kind, amount from fund.received_payment;
