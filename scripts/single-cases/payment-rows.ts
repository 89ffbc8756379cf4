/** RULES 4: one row of payments, accepted or quarantined, judged by the circumstances that the case gives. */
import { QUARANTINE_REASON_NAMES, type RowOutcome, paymentOutcome, refundOutcome } from '../../rules/payment-row';
import { optional, required } from './fields';
import { DATE, FLAG, YUAN } from './kinds';
import { singleCase, textFigure } from './single-case';

const MALFORMED = optional(FLAG, '该行格式错误', false);
const KNOWN_AREA = optional(FLAG, '该行的统筹区为本年度有居民医保的统筹区', true);
const RECEIPT_TAKEN = optional(FLAG, '同一票据号已在此前受理', false);
const UNIT = '受理结果';
const inWords = (outcome: RowOutcome): string =>
  outcome === 'accepted' ? '受理 (accepted)' : `转入待核对：${QUARANTINE_REASON_NAMES[outcome]} (quarantined)`;

const paymentCase = singleCase({
  name: 'payment-row',
  zh: '缴费行的受理与待核对',
  en: 'whether one payment is accepted, or the first reason why it is quarantined, from the circumstances given',
  fields: {
    malformed: MALFORMED,
    knownArea: KNOWN_AREA,
    onRoll: optional(FLAG, '参保登记中有此人（同一统筹区、年度）', true),
    paidOn: required(DATE, '缴费日期（中国）'),
    opens: required(DATE, '征缴期首日'),
    closes: required(DATE, '可缴至（含延长；新生儿等为待遇年度 12 月 31 日）'),
    exempt: optional(FLAG, '征缴期开始前也可缴费的人群（新生儿、新增救助对象）', false),
    amount: required(YUAN, '缴费金额（元）'),
    due: required(YUAN, '每人应缴额（元）'),
    receiptTaken: RECEIPT_TAKEN,
    enrolled: optional(FLAG, '此人在任一统筹区已有受理且未退的缴费，或已由全额资助参保', false),
  },
  example: { paidOn: '2027-10-10', opens: '2027-09-01', closes: '2027-12-31', amount: '399.00', due: '400.00' },
  answer: (of) => {
    const facts = {
      malformed: of.malformed,
      known_area: of.knownArea,
      on_roll: of.onRoll,
      paid_on: of.paidOn,
      opens: of.opens,
      closes: of.closes,
      exempt: of.exempt,
      amount: of.amount,
      due: of.due,
      receipt_taken: of.receiptTaken,
      enrolled: of.enrolled,
    };
    const outcome = paymentOutcome(facts);
    return { value: textFigure(outcome, paymentOutcome, facts, UNIT), notes: [inWords(outcome)] };
  },
});

const refundCase = singleCase({
  name: 'refund-row',
  zh: '退费行的受理与待核对',
  en: 'whether one refund is accepted, or the first reason why it is quarantined, from the circumstances given',
  fields: {
    malformed: MALFORMED,
    knownArea: KNOWN_AREA,
    paymentFound: optional(FLAG, '此前有同一票据号、人员、统筹区的可退缴费', true),
    paidOn: required(DATE, '退费日期（中国）'),
    yearStart: required(DATE, '待遇期开始：待遇年度 1 月 1 日'),
    amount: required(YUAN, '退费金额（元，正数）'),
    paidAmount: required(YUAN, '原缴金额（元）'),
    receiptTaken: RECEIPT_TAKEN,
  },
  example: { paidOn: '2028-01-01', yearStart: '2028-01-01', amount: '400.00', paidAmount: '400.00' },
  answer: (of) => {
    const facts = {
      malformed: of.malformed,
      known_area: of.knownArea,
      payment_found: of.paymentFound,
      paid_on: of.paidOn,
      year_start: of.yearStart,
      amount: of.amount,
      paid_amount: of.paidAmount,
      receipt_taken: of.receiptTaken,
    };
    const outcome = refundOutcome(facts);
    return { value: textFigure(outcome, refundOutcome, facts, UNIT), notes: [inWords(outcome)] };
  },
});

export const PAYMENT_ROW_CASES = [paymentCase, refundCase];
