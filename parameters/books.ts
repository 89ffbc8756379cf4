/** 记账 (RULES 9): in which year's books premiums are income. */
import { PREMIUM_RECOGNITIONS, type PremiumRecognition } from '../rules/vocabulary';
import { oneOf } from './forms';
import { parameter } from './parameter';
import { ACCOUNTING_SUPPLEMENT, assumption } from './sources';

export const BOOKS = [
  parameter(
    'books.premium_recognition',
    {
      zh: '居民保费收入确认口径（coverage_year 待遇年度，receipt_year 收付年度）',
      article: ACCOUNTING_SUPPLEMENT,
      usedBy: [
        'journal',
        'balances',
        'execution',
        'agreement',
        'final_accounts',
        'risk',
        'levy',
        'sharing',
        'evaluation',
      ],
      form: oneOf(...PREMIUM_RECOGNITIONS),
      perArea: true,
    },
    'coverage_year',
    {
      source: `${ACCOUNTING_SUPPLEMENT}：备案的经办机构按待遇年度确认，预收保费于年度首日转为收入；${assumption('各地均已备案')}`,
      assumed: true,
    },
  ),
] as const;

const NAME = BOOKS[0].name;

/** How an area recognises premiums by these values, its own first. */
export const recognitionIn = (values: Readonly<Record<string, unknown>>, area: string): PremiumRecognition =>
  (values[`${NAME}.${area}`] ?? values[NAME] ?? BOOKS[0].entries[0]?.value) as PremiumRecognition;
