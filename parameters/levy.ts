/** 上解: from which year a scheme pays levies, on what base, at which rate, and until which size of the fund (RULES 8). */
import { fundYear, oneOf, rate, atLeastZeroOrNone } from './forms';
import { parameter, product } from './parameter';
import { DRAFT_OPINION, LISHUI_2011, SHAANXI_2024, precedent } from './sources';

const A3 = `${DRAFT_OPINION}第三部分`;
const A6 = `${DRAFT_OPINION}第二部分（六）`;
const RATE_SOURCE = `${A6}“按一定比例筹集”，比例未定；${precedent(`${SHAANXI_2024}，5%`)}`;

/** Before its start year a scheme has no levy, no share and no indicator of timely levies. */
const PHASED = ['levy', 'sharing', 'evaluation.levy_timeliness'];

export const LEVY = [
  parameter(
    'levy.start_year.employee',
    { zh: '职工医保调剂金起始年度', article: `${A3}（二）`, usedBy: PHASED, form: fundYear },
    '2027',
    { source: `${A3}（二）“2027年起……实施职工基本医保调剂金制度”`, assumed: false },
  ),
  parameter(
    'levy.start_year.resident',
    { zh: '居民医保调剂金起始年度', article: `${A3}（三）`, usedBy: PHASED, form: fundYear },
    '2028',
    { source: `${A3}（三）“2028年起……实施居民基本医保调剂金制度”`, assumed: false },
  ),
  parameter(
    'levy.rate.employee',
    { zh: '职工医保上解比例', article: A6, usedBy: ['levy.rate', 'levy.prepaid', 'levy.uncapped'], form: rate },
    '0.05',
    {
      source: RATE_SOURCE,
      assumed: true,
    },
  ),
  parameter(
    'levy.rate.resident',
    { zh: '居民医保上解比例', article: A6, usedBy: ['levy.rate', 'levy.prepaid', 'levy.uncapped'], form: rate },
    '0.05',
    {
      source: RATE_SOURCE,
      assumed: true,
    },
  ),
  parameter(
    'levy.base',
    {
      zh: '上解基数口径',
      article: A6,
      usedBy: ['levy.estimate_base', 'levy.base'],
      form: oneOf('current', 'prior_settled', 'premium_only'),
    },
    'current',
    { source: `${A6}“从各统筹区当期基金收入（不含个人账户）中”；口径细则未定`, assumed: true },
  ),
  parameter(
    'levy.cap.mode',
    {
      zh: '调剂金规模上限的算法',
      article: A6,
      usedBy: ['levy.prepaid', 'levy.levy'],
      form: oneOf('months_of_expenditure', 'top_up_months', 'percent_of_income', 'absolute', 'none'),
    },
    'months_of_expenditure',
    { source: `${A6}“达到一定数额后，不再上解”，数额未定；${precedent(LISHUI_2011)}`, assumed: true },
  ),
  parameter(
    'levy.cap.value',
    {
      zh: '调剂金规模上限（按算法为月数、比例或元）',
      article: A6,
      usedBy: ['levy.prepaid', 'levy.levy'],
      form: atLeastZeroOrNone,
    },
    '2',
    { source: `${A6}“达到一定数额后，不再上解”，数额未定；${precedent(`${LISHUI_2011}，2个月支出`)}`, assumed: true },
  ),
] as const;

export const LEVY_PRODUCT = [
  product(
    'method.year',
    { zh: '制定自治区级调剂金管理办法的年度', article: `${A3}（一）`, usedBy: ['登记办法文号'] },
    '2026',
    { source: `${A3}（一）“2026年起……制定基本医保自治区级调剂金管理办法”`, assumed: false },
  ),
] as const;
