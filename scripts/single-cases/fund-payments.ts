/** RULES 8: what the adjustment fund pays of all entitlements, and what the settlement still pays of one. */
import { listOf } from '../../parameters/reader';
import { zero } from '../../rules/money';
import { fundAvailable, fundPayment, fundPayments, settlementGrant } from '../../rules/share';
import { optional, required } from './fields';
import { SIGNED_YUAN, YUAN } from './kinds';
import { IN_YUAN, figureList, figureOf, singleCase } from './single-case';

const fundPaymentsCase = singleCase({
  name: 'fund-payments',
  zh: '调剂金实付（不足时按比例）',
  en: 'what the fund pays each area; short of money, it pays in proportion',
  fields: {
    entitled: required(listOf(YUAN), '各统筹区应付（元），按统筹区代码顺序', 'F'),
    opening: required(SIGNED_YUAN, '调剂金年初余额（元）'),
    levy: required(listOf(YUAN), '各统筹区当年上解（元）', 'L'),
    interest: optional(SIGNED_YUAN, '调剂金当年利息（元）', zero),
  },
  example: { entitled: ['60.00', '60.00'], opening: '10.00', levy: ['40.00', '40.00'], interest: '0.00' },
  answer: ({ entitled, opening, levy, interest }) => {
    const available = figureOf(fundAvailable, { opening, levy, interest }, IN_YUAN);
    const paid = fundPayments(entitled, available.exact);
    return {
      value: figureList(paid, fundPayment, { entitled, available: available.exact }, IN_YUAN),
      steps: { available },
    };
  },
});

const settlementCase = singleCase({
  name: 'settlement-grant',
  zh: '清算拨付额：调剂金承担减年内预拨',
  en: 'the settlement entry of F: what was advanced within the year is part of it, a negative rest is returned',
  fields: {
    fundShare: required(YUAN, '调剂金承担 F（元）', 'F'),
    advance: optional(YUAN, '年内紧急调剂预拨合计（元）', zero),
  },
  example: { F: '60.00', advance: '75.00' },
  answer: ({ fundShare, advance }) => {
    const grant = figureOf(settlementGrant, { fund_share: fundShare, advance }, IN_YUAN);
    return { value: grant, notes: grant.exact.lt(0) ? ['负数由统筹区退回调剂金 (returned to the fund)'] : [] };
  },
});

export const FUND_PAYMENT_CASES = [fundPaymentsCase, settlementCase];
