/** A row of payments is accepted, or quarantined with the first reason that applies (RULES 4, READINGS 8–17). */
import { decimal } from '../../rules/money';
import {
  type PaymentFacts,
  QUARANTINE_REASON_NAMES,
  type RefundFacts,
  paymentOutcome,
  refundOutcome,
} from '../../rules/payment-row';

const yuan = decimal;
const PAYMENT: PaymentFacts = {
  malformed: false,
  known_area: true,
  on_roll: true,
  paid_on: '2027-10-10',
  opens: '2027-09-01',
  closes: '2027-12-31',
  exempt: false,
  amount: yuan('400.00'),
  due: yuan('400'),
  receipt_taken: false,
  enrolled: false,
};
const REFUND: RefundFacts = {
  malformed: false,
  known_area: true,
  payment_found: true,
  paid_on: '2027-12-31',
  year_start: '2028-01-01',
  amount: yuan('400.00'),
  paid_amount: yuan('400.00'),
  receipt_taken: false,
};
const UNREADABLE = { malformed: true, known_area: false, paid_on: null, amount: null };
const STRANGER = { on_roll: false, opens: null, closes: null, exempt: null, due: null };

// prettier-ignore
const PAYMENTS: [what: string, of: Partial<PaymentFacts>, outcome: string][] = [
  ['a payment as it should be',                   {},                                                          'accepted'],
  ['a row that cannot be read, whatever else',    { ...UNREADABLE, ...STRANGER },                              'malformed'],
  ['an area that is none, and a stranger there',  { known_area: false, ...STRANGER },                          'unknown_area'],
  ['a stranger',                                  STRANGER,                                                    'unknown_person'],
  ['the day before the window',                   { paid_on: '2027-08-31' },                                   'out_of_window'],
  ['its first day',                               { paid_on: '2027-09-01' },                                   'accepted'],
  ['its last day',                                { paid_on: '2027-12-31' },                                   'accepted'],
  ['the day after',                               { paid_on: '2028-01-01' },                                   'out_of_window'],
  ['a newborn before the window',                 { paid_on: '2027-08-31', exempt: true },                     'accepted'],
  ['a newborn until 31 December of the year',     { paid_on: '2028-12-31', closes: '2028-12-31', exempt: true }, 'accepted'],
  ['and not later',                               { paid_on: '2029-01-01', closes: '2028-12-31', exempt: true }, 'out_of_window'],
  ['late and of another amount: late comes first', { paid_on: '2028-01-01', amount: yuan('1.00') },            'out_of_window'],
  ['a fen too little',                            { amount: yuan('399.99') },                                  'amount_mismatch'],
  ['a fen too much',                              { amount: yuan('400.01') },                                  'amount_mismatch'],
  ['fully aided in the same area: nothing is due', { due: yuan('0'), enrolled: true },                         'amount_mismatch'],
  ['a receipt that was accepted before',          { receipt_taken: true, enrolled: true },                     'duplicate_receipt'],
  ['a person who is enrolled',                    { enrolled: true },                                          'duplicate_enrolment'],
];
test.each(PAYMENTS)('%s', (_what, of, outcome) => expect(paymentOutcome({ ...PAYMENT, ...of })).toBe(outcome));

// prettier-ignore
const REFUNDS: [what: string, of: Partial<RefundFacts>, outcome: string][] = [
  ['a refund on the last day before the year', {},                                                            'accepted'],
  ['one that cannot be read',                  { ...UNREADABLE, payment_found: false, paid_amount: null },    'malformed'],
  ['of no known area',                         { known_area: false, payment_found: false },                   'unknown_area'],
  ['of a payment that is not there',           { payment_found: false, paid_amount: null, paid_on: '2028-01-01' }, 'refund_without_payment'],
  ['on the first day of the year',             { paid_on: '2028-01-01', amount: yuan('1.00') },               'refund_after_period_start'],
  ['of a part of it',                          { amount: yuan('399.99'), receipt_taken: true },               'amount_mismatch'],
  ['with a receipt that was accepted before',  { receipt_taken: true },                                       'duplicate_receipt'],
];
test.each(REFUNDS)('%s', (_what, of, outcome) => expect(refundOutcome({ ...REFUND, ...of })).toBe(outcome));

test('every reason there is was met', () => {
  const met = [...PAYMENTS, ...REFUNDS].map(([, , outcome]) => outcome).filter((outcome) => outcome !== 'accepted');
  expect([...new Set(met)].sort()).toEqual(Object.keys(QUARANTINE_REASON_NAMES).sort());
});
