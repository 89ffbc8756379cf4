/** Random budgets that areas adjust within the year: some pass, some deviate without a reason, some are in deficit. */
import { Draw, yuan } from './draw';

const HEADER = 'area,scheme,version,date,part,item,amount,reason,submitted_by';
const SPENT = ['inpatient', 'outpatient', 'maternity', 'other_expenditure'];

/** Adjustments of about half of the budgets, each made of the last version that was submitted. */
export function adjustmentRows(submissions: string, seed: number, year: number): string {
  const draw = new Draw(seed, 1);
  const rows = submissions
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => row.split(',') as [area: string, scheme: string, year: string, version: string, ...rest: string[]]);
  const budgets = [...new Set(rows.map(([area, scheme]) => `${area},${scheme}`))];
  const adjusted = budgets.flatMap((budget) => {
    const own = rows.filter(([area, scheme]) => `${area},${scheme}` === budget);
    const last = Math.max(0, ...own.map(([, , , version]) => Number.parseInt(version, 10)));
    const items = own.filter(([, , , version]) => version === String(last));
    return Array.from({ length: draw.pick(0, 0, 1, 1, 2, 3) }, (_, i) => {
      const day = [year, draw.int(1, 11), draw.int(1, 28)].map((part) => String(part).padStart(2, '0')).join('-');
      const [spread, reason] = [draw.pick(0.02, 0.05, 0.3), draw.pick('', '据实调整')];
      return items.map(([, , , , part, item = '', amount = '', , by]) => {
        const fen = Number.parseInt(amount.replace('.', ''), 10);
        const changed = SPENT.includes(item) ? draw.about(fen, spread) : fen;
        return [budget, last + 1 + i, day, part, item, yuan(changed), reason, by].join();
      });
    }).flat();
  });
  return `${[HEADER, ...adjusted].join('\n')}\n`;
}
