/** 用人单位费率: the floor that A(2) sets, and how fast a lower rate moves up to it (RULES 6). */
import { rate } from './forms';
import { parameter } from './parameter';
import { DRAFT_OPINION, assumption } from './sources';

const A2 = `${DRAFT_OPINION}第二部分（二）`;
const usedBy = ['rates.grounds', 'rates.next_rate', 'findings.rate_step_up'];

export const RATES = [
  parameter(
    'rates.floor',
    { zh: '用人单位缴费费率下限（含生育保险）', article: A2, usedBy: [...usedBy, '年度标准公布'], form: rate },
    '0.07',
    { source: `${A2}“7%及以上（含生育保险）”`, assumed: false },
  ),
  parameter(
    'rates.step',
    {
      zh: '用人单位费率逐步调增的每年幅度',
      article: A2,
      usedBy: ['rates.next_rate', 'findings.rate_step_up'],
      form: rate,
    },
    '0.005',
    { source: `${A2}“应逐步调增到7%”，幅度未定；${assumption('每年 0.5 个百分点')}`, assumed: true },
  ),
] as const;
