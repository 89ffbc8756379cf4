/** 缺口分担: own surplus, managerial part, the share of the adjustment fund and who is disqualified from it (RULES 8). */
import { bands, days, flag, rate, rateOrNone, yuan } from './forms';
import { parameter } from './parameter';
import { DRAFT_OPINION, GUANGYUAN_2008, LESHAN_2021, LISHUI_2011, assumption, precedent } from './sources';

const A6 = `${DRAFT_OPINION}第二部分（六）`;
const FACTORS = `${A6}“按在职退休比、基金征收率、参保扩面任务完成情况等因素按比例承担”，比例未定；${assumption('以 0.65 为基准分档加减')}`;
const factors = { source: FACTORS, assumed: true };
const conditions = {
  source: `${A6}未定；${precedent(`${GUANGYUAN_2008}，足额按时上解、完成任务方可调剂`)}`,
  assumed: true,
};

export const SHARING = [
  parameter(
    'share.reserve',
    { zh: '弥补缺口时保留的累计结余（元）', article: A6, usedBy: ['sharing.own_surplus'], form: yuan },
    '0',
    {
      source: `${A6}“先用该地累计结余弥补缺口”；${assumption('不保留')}`,
      assumed: true,
    },
  ),
  parameter(
    'share.managerial',
    { zh: '管理性缺口由统筹区政府全额承担', article: A6, usedBy: ['sharing.managerial'], form: flag },
    true,
    { source: `${A6}未定；${precedent(`${LESHAN_2021}，一般性缺口与管理性缺口`)}`, assumed: true },
  ),
  parameter(
    'share.premium_floor',
    {
      zh: '应收保费不低于系统测算保费的比例',
      article: A6,
      usedBy: ['sharing.managerial', 'sharing.alpha', 'evaluation.collection'],
      form: rate,
    },
    '1',
    {
      source: `${A6}“基金征收率”，口径未定；${assumption('预算低于测算的，按测算数计，不因少编预算而受益')}`,
      assumed: true,
    },
  ),
  parameter(
    'share.alpha0',
    { zh: '调剂金分担比例基准', article: A6, usedBy: ['sharing.alpha'], form: rate },
    '0.65',
    factors,
  ),
  parameter(
    'share.min',
    { zh: '调剂金分担比例下限', article: A6, usedBy: ['sharing.alpha'], form: rate },
    '0.50',
    factors,
  ),
  parameter(
    'share.max',
    { zh: '调剂金分担比例上限', article: A6, usedBy: ['sharing.alpha'], form: rate },
    '0.80',
    factors,
  ),
  parameter(
    'share.bands.ratio',
    { zh: '职工在职退休比与全区之比的分档（不高于）', article: A6, usedBy: ['sharing.alpha'], form: bands('rising') },
    [
      ['0.8', '0.10'],
      ['1.0', '0.05'],
      ['1.2', '0'],
      [null, '-0.05'],
    ],
    factors,
  ),
  parameter(
    'share.bands.aged',
    {
      zh: '居民60岁以上占比与全区之比的分档（不低于）',
      article: A6,
      usedBy: ['sharing.alpha'],
      form: bands('falling'),
    },
    [
      ['1.2', '0.10'],
      ['1.0', '0.05'],
      ['0.8', '0'],
      [null, '-0.05'],
    ],
    factors,
  ),
  parameter(
    'share.bands.collection',
    { zh: '征缴率分档（不低于）', article: A6, usedBy: ['sharing.alpha'], form: bands('falling') },
    [
      ['1.00', '0.05'],
      ['0.98', '0'],
      ['0.95', '-0.05'],
      [null, '-0.10'],
    ],
    factors,
  ),
  parameter(
    'share.bands.expansion',
    { zh: '参保扩面任务完成率分档（不低于）', article: A6, usedBy: ['sharing.alpha'], form: bands('falling') },
    [
      ['1.00', '0.05'],
      ['0.95', '0'],
      ['0.90', '-0.05'],
      [null, '-0.10'],
    ],
    factors,
  ),
  parameter(
    'share.bands.performance',
    { zh: '上年度绩效得分分档（不低于）', article: A6, usedBy: ['sharing.alpha'], form: bands('falling') },
    [[null, '0']],
    {
      source: `${DRAFT_OPINION}第二部分（五）“强化结果应用”，${A6}“等因素”，分档未定；${assumption('不计')}`,
      assumed: true,
    },
  ),
  parameter(
    'share.match_area',
    { zh: '调剂金支付不超过统筹区政府承担额', article: A6, usedBy: ['sharing.entitled'], form: flag },
    false,
    { source: `${A6}未定；${assumption('不设')}；可选口径的${precedent(LISHUI_2011)}`, assumed: true },
  ),
  parameter(
    'share.scope_overspend',
    { zh: '超支预算的认定幅度（null 为不设）', article: A6, usedBy: ['sharing.general'], form: rateOrNone },
    null,
    { source: `${A6}未定；${assumption('不设')}；可选口径的${precedent(`${GUANGYUAN_2008}，30%`)}`, assumed: true },
  ),
  parameter(
    'share.disqualify.days_late',
    { zh: '上解逾期超过此天数不予调剂', article: A6, usedBy: ['sharing.alpha'], form: days },
    '30',
    conditions,
  ),
  parameter(
    'share.disqualify.collection_below',
    { zh: '征缴率低于此值不予调剂', article: A6, usedBy: ['sharing.alpha'], form: rate },
    '0.90',
    conditions,
  ),
] as const;
