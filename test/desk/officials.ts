/** Officials at browsers of their own, each with an authenticator that says yes as its owner would. */
import type { Browser, Page } from 'playwright-core';
import type { Database } from '../../db/connect';
import { invite } from '../../db/proofs';

export class Officials {
  readonly #pages = new Map<string, Page>();

  constructor(
    private readonly browser: Browser,
    private readonly origin: string,
    private readonly owner: Database,
  ) {}

  async newBrowser(): Promise<Page> {
    const context = await this.browser.newContext({ locale: 'zh-CN', baseURL: this.origin });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
        ...{ isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    return page;
  }

  /** Invited, with a passkey, and logged in. */
  async enrol(operator: string): Promise<Page> {
    const code = `code-of-${operator}`;
    await invite(this.owner, operator, code);
    const page = await this.newBrowser();
    this.#pages.set(operator, page);
    await page.goto(`/enrol?code=${code}`);
    await page.getByRole('button', { name: '登记' }).click();
    await page.getByRole('heading', { name: '我的事项' }).waitFor();
    return page;
  }

  /** Somebody who has enrolled at a page by himself. */
  seat(operator: string, page: Page): void {
    this.#pages.set(operator, page);
  }

  at = (operator: string): Promise<Page> => Promise.resolve(this.#pages.get(operator) ?? this.enrol(operator));
}
