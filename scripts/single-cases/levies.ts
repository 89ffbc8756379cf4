/** RULES 8: the levy of an area, the room under each kind of cap, all levies under a cap, instalments and true-up; the levy of the pension fund. */
import {
  cappedLevy,
  instalmentAt,
  levyWithoutCap,
  cappedLevies,
  instalments,
  roomByAmount,
  roomByIncome,
  roomByMonths,
  roomByTopUp,
  trueUp,
  uncappedLevy,
} from '../../rules/levy';
import { sum } from '../../rules/money';
import {
  pensionAllocation,
  pensionAllocations,
  pensionLevy,
  pensionNet,
  perRetiree,
} from '../../rules/pension-adjustment';
import { SCHEMES } from '../../rules/vocabulary';
import { lawful, optional, recordsOf, required } from './fields';
import { listOf, oneOf, orNull } from '../../parameters/reader';
import { COUNT, NUMBER, RATE, SIGNED_YUAN, WORD, YUAN } from './kinds';
import { IN_YUAN, singleCase, figureOf, figureList } from './single-case';

const BALANCE = required(SIGNED_YUAN, '调剂金年初余额（元），不含当年上解与利息');
const LAST_YEAR = '按统筹区代码顺序的列表';

const rateOf = ({ scheme }: Record<string, unknown>) => {
  const known = SCHEMES.find((known) => known === scheme);
  return known && (`levy.rate.${known}` as const);
};

const levyCase = singleCase({
  name: 'levy',
  zh: '上解（未计上限）',
  en: 'the levy of one area before the cap',
  fields: {
    base: required(SIGNED_YUAN, '上解基数（元），不含个人账户'),
    scheme: optional(oneOf(...SCHEMES), '险种', 'employee' as const),
    rate: lawful(RATE, '上解比例', rateOf),
  },
  example: { base: '912.01', rate: '0.05' },
  answer: ({ base, rate }) => ({ value: figureOf(uncappedLevy, { base, rate }, IN_YUAN) }),
});

const roomByMonthsCase = singleCase({
  name: 'cap-room-months',
  zh: '距规模上限的余额：若干个月支出（months_of_expenditure）',
  en: 'room under a cap of n months of the scheme’s expenditure of last year',
  fields: {
    months: lawful(NUMBER, '月数 n', 'levy.cap.value', 'n'),
    expenditure: required(listOf(SIGNED_YUAN), `上年各统筹区统筹支出（元），${LAST_YEAR}`, 'E'),
    balance: BALANCE,
  },
  example: { months: 2, expenditure: ['880.00', '1400.00'], balance: '300.00' },
  answer: (of) => ({ value: figureOf(roomByMonths, of, IN_YUAN) }),
});
const roomByTopUpCase = singleCase({
  name: 'cap-room-top-up',
  zh: '距规模上限的余额：可补足各统筹区若干个月（top_up_months）',
  en: 'room under a cap that could top every area up to n months of its expenditure',
  fields: {
    months: required(NUMBER, '月数 n', 'n'),
    expenditure: required(listOf(SIGNED_YUAN), `上年各统筹区统筹支出（元），${LAST_YEAR}`, 'E'),
    surplus: required(listOf(SIGNED_YUAN), `年初各统筹区累计结余（元），${LAST_YEAR}`, 'S'),
    balance: BALANCE,
  },
  example: { months: 6, expenditure: ['880.00', '1400.00'], surplus: ['60.00', '650.00'], balance: '300.00' },
  judge: ({ expenditure, surplus }) => sameLength('surplus', surplus, 'expenditure', expenditure),
  answer: (of) => ({ value: figureOf(roomByTopUp, of, IN_YUAN) }),
});
const roomByIncomeCase = singleCase({
  name: 'cap-room-income',
  zh: '距规模上限的余额：基数的一定比例（percent_of_income）',
  en: 'room under a cap of a share of all bases of last year',
  fields: {
    percent: required(NUMBER, '比例 p，如 0.10', 'p'),
    base: required(listOf(SIGNED_YUAN), `上年各统筹区上解基数（元），${LAST_YEAR}`),
    balance: BALANCE,
  },
  example: { percent: '0.10', base: ['912.01', '1500.33'], balance: '100.00' },
  answer: (of) => ({ value: figureOf(roomByIncome, of, IN_YUAN) }),
});
const roomByAmountCase = singleCase({
  name: 'cap-room-amount',
  zh: '距规模上限的余额：固定金额（absolute）',
  en: 'room under a fixed amount',
  fields: { amount: required(NUMBER, '上限金额（元）', 'x'), balance: BALANCE },
  example: { amount: '380.00', balance: '300.00' },
  answer: (of) => ({ value: figureOf(roomByAmount, of, IN_YUAN) }),
});

const cappedLeviesCase = singleCase({
  name: 'capped-levies',
  zh: '上限内各统筹区上解',
  en: 'every area’s levy under the cap: the room is split in proportion',
  fields: {
    uncapped: required(listOf(YUAN), '各统筹区未计上限的上解（元），按统筹区代码顺序'),
    room: required(orNull(SIGNED_YUAN), '距规模上限的余额（元）；null 为不设上限（none）'),
  },
  example: { uncapped: ['45.60', '75.02'], room: '80.00' },
  answer: ({ uncapped, room }) => {
    const levies = cappedLevies(uncapped, room);
    return {
      value:
        room === null
          ? figureList(levies, levyWithoutCap, { uncapped }, IN_YUAN)
          : figureList(levies, cappedLevy, { uncapped, room }, IN_YUAN),
    };
  },
});

const prepaymentCase = singleCase({
  name: 'prepayment',
  zh: '上解按季预缴',
  en: 'the four instalments of a pre-payment: January, April, July, October',
  fields: { prepaid: required(YUAN, '全年预缴额（元）') },
  example: { prepaid: '30.27' },
  answer: ({ prepaid }) => ({ value: figureList(instalments(prepaid), instalmentAt, { prepaid }, IN_YUAN) }),
});
const trueUpCase = singleCase({
  name: 'true-up',
  zh: '上解清算差额',
  en: 'levy less prepaid; negative is returned',
  fields: { levy: required(YUAN, '全年上解（元）', 'L'), prepaid: required(YUAN, '已预缴（元）') },
  example: { levy: '28.38', prepaid: '30.24' },
  answer: (of) => ({ value: figureOf(trueUp, of, IN_YUAN) }),
});

const PROVINCE = {
  name: optional(orNull(WORD), '省份', null),
  averageWage: required(YUAN, '职工平均工资（元/年）', 'wage'),
  inService: required(COUNT, '参保在职人数'),
  employment: optional(orNull(COUNT), '企业就业人数；不给则同参保在职人数', null),
  retirees: required(COUNT, '离退休人数'),
};
const pensionAdjustmentCase = singleCase({
  name: 'pension-adjustment',
  zh: '养老保险中央调剂',
  en: 'the pension central adjustment fund of 2018: what each province gives, gets, and has in the end',
  fields: {
    provinces: required(recordsOf(PROVINCE), '各省份'),
    rate: lawful(RATE, '上解比例', 'pension.rate'),
    wageShare: lawful(RATE, '平均工资计入基数的比例', 'pension.wage_share'),
  },
  example: {
    provinces: [
      { name: '甲', averageWage: '100000', inService: 10, retirees: 2 },
      { name: '乙', averageWage: '60000', inService: 5, retirees: 4 },
    ],
  },
  judge: ({ provinces }) =>
    sum(provinces.map(({ retirees }) => retirees)).isZero()
      ? [{ field: 'provinces', found: '离退休人数合计 0 (0 retirees)', expected: '至少一人 (at least one)' }]
      : [],
  answer: ({ provinces, rate, wageShare }) => {
    const base = {
      average_wage: provinces.map(({ averageWage }) => averageWage),
      in_service: provinces.map(({ inService }) => inService),
      employment: provinces.map(({ employment, inService }) => employment ?? inService),
    };
    const retirees = provinces.map((province) => province.retirees);
    const levy = provinces.map((province) =>
      pensionLevy({
        average_wage: province.averageWage,
        wage_share: wageShare,
        in_service: province.inService,
        employment: province.employment ?? province.inService,
        rate,
      }),
    );
    const allocation = pensionAllocations(levy, retirees);
    const net = allocation.map((given, place) => pensionNet({ allocation: given, levy: levy[place] ?? given }));
    return {
      value: figureList(net, pensionNet, { allocation, levy }, IN_YUAN),
      steps: {
        levy: figureList(levy, pensionLevy, { ...base, wage_share: wageShare, rate }, IN_YUAN),
        perRetiree: figureOf(perRetiree, { levy, retirees }, IN_YUAN),
        allocation: figureList(allocation, pensionAllocation, { levy, retirees }, IN_YUAN),
      },
      notes: [
        `各列表依次为 ${provinces.map(({ name }, place) => name ?? `第 ${place + 1} 省`).join('、')} (in this order)`,
      ],
    };
  },
});

function sameLength(field: string, list: readonly unknown[], of: string, other: readonly unknown[]) {
  if (list.length === other.length) return [];
  return [{ field, found: `${list.length} 项`, expected: `与 ${of} 同为 ${other.length} 项 (one for each area)` }];
}

export const LEVY_CASES = [
  levyCase,
  roomByMonthsCase,
  roomByTopUpCase,
  roomByIncomeCase,
  roomByAmountCase,
  cappedLeviesCase,
  prepaymentCase,
  trueUpCase,
  pensionAdjustmentCase,
];
