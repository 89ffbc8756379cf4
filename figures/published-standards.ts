/** 公布标准: the standards of a cycle, each the product of a factor of law and a statistic of the year before. */
import { STANDARD_SOURCES } from '../parameters';
import type { Law } from '../parameters/law';
import { yuanText } from '../rules/money';
import { PUBLISHED_STANDARDS } from '../rules/published-standards';
import { explain } from '../rules/rule';

type Standard = keyof typeof PUBLISHED_STANDARDS;

/** The rows of the result. */
export const publishedStandards = (law: Law, year: number) =>
  (Object.keys(PUBLISHED_STANDARDS) as Standard[]).map((name) => {
    const [factor, statistic] = STANDARD_SOURCES[name];
    const standard = explain(PUBLISHED_STANDARDS[name], { factor: law.given(factor), statistic: law.given(statistic) });
    return { fund_year: year, name, amount: yuanText(standard.value), because: { amount: standard.because } };
  });
