/**
 * 紧急调剂: an advance out of the adjustment fund within the year, of what an area asks for.
 *
 * Law: A(6) “政策调整、突发重大疫情、医疗救治”. RULES 8 “Emergency request”. Units: yuan.
 */
import type { Decimal } from './money';
import { rule } from './rule';

/** What the entries of an advance are booked on. */
export const EMERGENCY_BASIS = 'A(六)“政策调整、突发重大疫情、医疗救治”；RULES 8 紧急调剂';

/** 预拨: what is asked for is advanced whole, or nothing is. */
export const advance = rule(
  { article: `${EMERGENCY_BASIS}“Emergency request”`, formula: 'amount' },
  ({ amount }: { amount: Decimal }): Decimal => amount,
);
