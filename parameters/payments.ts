/** 总额预算: what is held in reserve, what a unit keeps of what it saves, and who bears what it overspends (RULES 11). */
import { rate } from './forms';
import { parameter } from './parameter';
import { DRAFT_OPINION, assumption } from './sources';

const A4 = `${DRAFT_OPINION}第二部分（四）`;
const open = (words: string, assumed: string) => ({
  source: `${A4}“${words}”未定；${assumption(assumed)}`,
  assumed: true,
});
const SHARING = '落实结余留用、合理超支分担机制';
const ofClearing = (...columns: string[]): string[] =>
  [...columns, 'payable', 'clearing'].map((column) => `total_budget.${column}`);

export const PAYMENTS = [
  parameter(
    'payment.reserve',
    { zh: '总额预算预留比例', article: A4, usedBy: ofClearing('budget', 'fund_share'), form: rate },
    '0.05',
    open('完善总额预算管理', '预留 5%'),
  ),
  parameter(
    'payment.retain_from',
    { zh: '可结余留用的最低费用占预算比例', article: A4, usedBy: ofClearing('retained'), form: rate },
    '0.85',
    open(SHARING, '费用不低于预算 85% 的方可留用'),
  ),
  parameter(
    'payment.retain.institution',
    { zh: '定点医疗机构结余留用比例', article: A4, usedBy: ofClearing('retained'), form: rate },
    '0.60',
    open(SHARING, '留用 60%'),
  ),
  parameter(
    'payment.retain.community',
    { zh: '紧密型县域医共体结余留用比例', article: A4, usedBy: ofClearing('retained'), form: rate },
    '1.00',
    open('推进紧密型县域医共体总额付费', '结余全部留用'),
  ),
  parameter(
    'payment.over_limit',
    { zh: '合理超支的上限（占预算）', article: A4, usedBy: ofClearing('entitled', 'fund_share'), form: rate },
    '0.10',
    open(SHARING, '预算的 10% 以内'),
  ),
  parameter(
    'payment.over_share',
    { zh: '合理超支由基金分担的比例', article: A4, usedBy: ofClearing('entitled', 'fund_share'), form: rate },
    '0.50',
    open(SHARING, '分担一半'),
  ),
] as const;
