/** Pictures of the Temporal UI, as a person in China sees it, each cut to what matters and taken only when it is there. */
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { openBrowser } from '../web/browser';

/** Narrow enough that a page's parts stand one below the other, and high enough that nothing is scrolled. */
const NARROW = { width: 760, height: 2000 };
const WIDE = { width: 1800, height: 900 };
/** The columns that the manual names, as Configure Columns keeps them in the browser. */
const COLUMNS = ['Status', 'Workflow ID', 'FundStage', 'FundWaitingFor', 'FundDeadline', 'FundArea', 'FundScheme'];
const PATIENCE = { timeout: 60_000 };

export class Camera {
  private constructor(
    private readonly browser: Browser,
    private readonly context: BrowserContext,
    private readonly namespace: string,
    private readonly folder: string,
  ) {}

  static async open(uiUrl: string, folder: string): Promise<Camera> {
    const browser = await openBrowser();
    const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: NARROW });
    const columns = JSON.stringify({ default: COLUMNS.map((label) => ({ label })) });
    await context.addInitScript(`localStorage.setItem('namespace-workflow-table-columns', ${JSON.stringify(columns)})`);
    return new Camera(browser, context, `${uiUrl}/namespaces/default`, folder);
  }

  /** What a workflow's page says: its Current Details. With `top` the head of the page too, to show where they stand. */
  details(name: string, workflowId: string, stage: string, top = false): Promise<void> {
    return this.#on(`workflows/${workflowId}`, NARROW, async (page) => {
      const heading = page.getByRole('heading', { name: 'Current Details' });
      const load = async (): Promise<void> => {
        await page.getByRole('tab', { name: 'User Metadata' }).click(PATIENCE);
        // They load late, and in a frame of their own.
        await heading.waitFor({ timeout: PATIENCE.timeout / 2 });
      };
      // The page asks the worker once, and shows none where the answer is too late: whoever looks at it presses R.
      await load().catch(() => page.reload().then(load));
      const panel = heading.locator('xpath=ancestor::div[contains(@class, "border-l")]');
      const frame = panel.locator('iframe');
      const table = frame.contentFrame().locator('table');
      await table.getByText(stage, { exact: true }).first().waitFor(PATIENCE);
      await settled(frame);
      const first = top ? page.locator('main').first() : panel;
      const from = await boxOf(first);
      const within = await boxOf(frame);
      const { y, height } = await boxOf(table);
      await this.#take(page, name, { ...from, height: Math.max(y, within.y) + height + 16 - from.y });
    });
  }

  /** What a workflow has done and waits for, one row each. */
  timeline(name: string, workflowId: string, row: string, rows: number): Promise<void> {
    return this.#on(`workflows/${workflowId}`, { width: 1100, height: 1400 }, async (page) => {
      const heading = page.getByRole('heading', { name: 'Timeline', exact: false }).first();
      await heading.waitFor(PATIENCE);
      await page.getByText(row).first().waitFor(PATIENCE);
      await page.waitForTimeout(1500); // it is drawn with a movement
      // Left and right of the rows stand the times of a clock that was moved: they would mislead.
      const { x, y } = await boxOf(heading);
      await this.#take(page, name, { x: x + 38, y: y + 82, width: 700, height: 24 * rows - 6 });
    });
  }

  /** The list of workflows of a query. */
  list(name: string, query: string, row: string): Promise<void> {
    return this.#on(`workflows?query=${encodeURIComponent(query)}`, WIDE, async (page) => {
      await page.getByText(row).first().waitFor(PATIENCE);
      await page.waitForTimeout(1500);
      const { x, y, width, height } = await boxOf(page.locator('table').first());
      await this.#take(page, name, { x, y, width, height: Math.min(height, 700) });
    });
  }

  schedule(name: string, id: string, text: string): Promise<void> {
    return this.#on(`schedules/${id}`, { width: 1100, height: 1000 }, async (page) => {
      await page.getByText(text).first().waitFor(PATIENCE);
      await page.waitForTimeout(1500);
      const { x, y, width } = await boxOf(page.locator('main').first());
      await this.#take(page, name, { x, y, width, height: 640 });
    });
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  async #on(path: string, viewport: typeof WIDE, work: (page: Page) => Promise<void>): Promise<void> {
    const page = await this.context.newPage();
    await page.setViewportSize(viewport);
    await page.goto(`${this.namespace}/${path}`);
    await work(page);
    await page.close();
  }

  async #take(page: Page, name: string, clip: Box): Promise<void> {
    await page.screenshot({ path: join(this.folder, `${name}.png`), clip });
    console.log(`${name}.png`);
  }
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
const boxOf = async (place: Locator): Promise<Box> => (await place.boundingBox()) as Box;

/** A frame takes the height of what it holds a moment after it has loaded. */
async function settled(frame: Locator): Promise<void> {
  let before = -1;
  for (;;) {
    const { height } = await boxOf(frame);
    if (height === before) return;
    before = height;
    await frame.page().waitForTimeout(700);
  }
}
