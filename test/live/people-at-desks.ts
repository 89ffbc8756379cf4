/** What officials do on the pages of the desk, each in a browser of his own: nothing here knows more than a page shows. */
import type { Locator, Page } from 'playwright-core';
import { filesLink, otherLink } from '../../desk/links';
import { until } from '../../servers/wait';
import type { Officials } from '../desk/officials';

const PATIENCE = { within: 60_000, every: 300 };

/** Amounts of a budget, pooled, by item. */
export type Amounts = Readonly<Record<string, string>>;

export class PeopleAtDesks {
  constructor(
    private readonly officials: Officials,
    private readonly year: number,
  ) {}

  /** 我的事项; whose session is over logs in again. */
  async tasksOf(operator: string): Promise<Page> {
    const page = await this.officials.at(operator);
    await page.goto('/');
    if (new URL(page.url()).pathname === '/login') {
      await page.getByRole('button', { name: '登录', exact: true }).click();
      await page.getByRole('heading', { name: '我的事项' }).waitFor();
    }
    return page;
  }

  /** Waits for a task of his own, and opens it. */
  async open(operator: string, name: RegExp): Promise<Page> {
    const card = (page: Page): Locator => page.locator('li.card h2').getByRole('link', { name }).first();
    const isThere = await until(async () => card(await this.tasksOf(operator)).isVisible(), PATIENCE);
    const page = await this.officials.at(operator);
    if (!isThere) throw new Error(`${operator} does not find ${name.source}: ${await wordsOf(page)}`);
    await card(page).click();
    await page.getByRole('heading', { name: '办理', exact: true }).waitFor();
    return page;
  }

  /** Acts on a task of his own by the button of that name. */
  async act(
    operator: string,
    task: RegExp,
    button: RegExp,
    fields: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const page = await this.open(operator, task);
    return press(page, formWith(page, button), button, fields);
  }

  /** Decides on everything else that waits for him so that the year goes on; what has to be reported he leaves. */
  async settle(operator: string): Promise<void> {
    for (;;) {
      const page = await this.tasksOf(operator);
      const link = page
        .locator('li.card h2 a[href^="/task"]')
        .filter({ hasNotText: /请.*报送/ })
        .first();
      if (!(await link.isVisible())) return;
      await link.click();
      const form = page.locator('form.act').first();
      const asks = await form.getByLabel(/文号/).isVisible();
      await press(page, form, /./, asks ? { 文号: `政函〔${this.year}〕1号` } : {});
    }
  }

  /** Types a new version of a budget, every other item empty, and submits it. Returns the page of the answer. */
  async compile(operator: string, task: RegExp, amounts: Amounts, reasons: Amounts = {}): Promise<Page> {
    const page = await this.open(operator, task);
    await page.getByRole('link', { name: '在这里编制新的一版' }).click();
    await page.getByRole('heading', { name: '编制预算' }).waitFor();
    for (const input of await page.locator('input.amount').all()) await input.fill('');
    for (const [item, amount] of Object.entries(amounts))
      await page.locator(`[name="amount.pooled.${item}"]`).fill(amount);
    for (const [item, why] of Object.entries(reasons)) await page.locator(`[name="reason.pooled.${item}"]`).fill(why);
    await page.getByRole('button', { name: '保存为新的一版' }).click();
    await page.getByRole('button', { name: /^报送第 \d+ 版$/ }).waitFor();
    await press(page, formWith(page, /^报送第 \d+ 版$/), /^报送第 \d+ 版$/);
    return page;
  }

  /** Drops files on 文件, looks, and imports them. */
  async bring(operator: string, files: Readonly<Record<string, string>>): Promise<void> {
    const page = await this.tasksOf(operator);
    await page.goto(filesLink({ year: this.year }));
    await page
      .getByLabel('选择文件')
      .setInputFiles(
        Object.entries(files).map(([name, text]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })),
      );
    await page.getByRole('button', { name: '核对' }).click();
    const checked = page.getByRole('heading', { name: /^(核对通过|未导入)/ });
    await checked.waitFor({ timeout: PATIENCE.within });
    if ((await checked.innerText()).startsWith('未导入')) throw new Error(`${operator}: ${await wordsOf(page)}`);
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await page.getByText('已导入。').waitFor({ timeout: PATIENCE.within });
  }

  /** 其他办理: what the office begins by itself, under the heading of its chapter. */
  async begin(
    operator: string,
    chapter: string,
    button: RegExp,
    fields: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const page = await this.tasksOf(operator);
    await page.goto(otherLink({ year: this.year }));
    const section = page.locator('section', { has: page.getByRole('heading', { name: chapter, exact: true }) });
    return press(page, section.locator('form').first(), button, fields);
  }

  /** 双人办理: one of the two signs what waits. */
  async sign(operator: string, task: RegExp, reason: string): Promise<string> {
    const page = await this.tasksOf(operator);
    await page.getByRole('link', { name: task }).click();
    const card = page.locator('li.card', { has: page.getByRole('heading', { name: task }) });
    return press(page, card.locator('form'), /签名/, { 原因或依据: reason });
  }
}

const formWith = (page: Page, button: RegExp): Locator =>
  page.locator('form.act', { has: page.getByRole('button', { name: button }) });

/** Fills in a form and presses its button; returns what the page answers. What is refused is thrown. */
async function press(
  page: Page,
  form: Locator,
  button: RegExp,
  fields: Readonly<Record<string, string>> = {},
): Promise<string> {
  for (const [label, value] of Object.entries(fields)) {
    const field = form.getByLabel(label);
    if ((await field.and(form.locator('select')).count()) > 0) await field.selectOption(value);
    else await field.fill(value);
  }
  const done = page.locator('.notice.good[role=status]');
  const refused = form.locator('[role=alert]:not(:empty)');
  await form.getByRole('button', { name: button }).first().click();
  await done.or(refused).first().waitFor({ timeout: PATIENCE.within });
  if (await refused.isVisible()) throw new Error(`${page.url()}: ${await refused.innerText()}`);
  return done.innerText();
}

const wordsOf = (page: Page): Promise<string> => page.locator('main').innerText();
