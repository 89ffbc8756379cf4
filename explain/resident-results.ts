/** The results that exist for residents only: their collection, who paid, how they were enrolled before, and their burdens. */
import type { FigureTable } from '../db/provenance';

export interface Result {
  zh: string;
  /** The table of the figures; balances, rows in quarantine and the year itself are explained in ways of their own. */
  table: FigureTable | 'quarantine' | 'balances' | 'cycle';
  key: readonly string[];
  columns: Record<string, string>;
}

export const RESIDENT_RESULTS: Record<string, Result> = {
  collection: {
    zh: '居民征缴',
    table: 'collection',
    key: ['area'],
    columns: {
      registered: '登记人数',
      paid: '缴费人数',
      due: '应缴额',
      collected: '实缴额',
      aid: '资助额',
      progress: '征缴进度',
      low_income_rate: '两类人员参保率',
      accepted_rows: '受理笔数',
      quarantined_rows: '待核对笔数',
      quarantined_amount: '待核对金额',
      tax_rows: '税务笔数',
      tax_amount: '税务金额',
      difference: '对账差额',
    },
  },
  quarantine: {
    zh: '待核对缴费',
    table: 'quarantine',
    key: ['file', 'line'],
    columns: { receipt: '票据号', reason: '待核对原因' },
  },
  premium_sources: {
    zh: '居民保费来源',
    table: 'premium_sources',
    key: ['area', 'source'],
    columns: { amount: '金额' },
  },
  enrolment: {
    zh: '参保连续性',
    table: 'enrolment',
    key: ['area', 'class', 'count'],
    columns: { persons: '人数' },
  },
  monitoring: {
    zh: '高额医疗费用负担监测',
    table: 'monitoring',
    key: ['area', 'month', 'class'],
    columns: {
      persons: '有自付费用的人数',
      flagged: '当月标记并推送人数',
      flagged_to_date: '年初以来标记人数',
      answered: '当月反馈人数',
      recognised: '当月认定人数',
      help: '当月救助金额',
      overdue: '月末逾期未反馈人数',
    },
  },
};
