/** Officials at browsers of their own, each with an authenticator that says yes as its owner would. */
import type { Browser, Page } from 'playwright-core';
import { invite } from '../../db/proofs';
import type { TestDatabase } from '../database';

export class Officials {
  readonly #persons = new Map<string, Page>();

  constructor(
    private readonly browser: Browser,
    private readonly database: TestDatabase,
    private readonly origin: string,
  ) {}

  /** A browser that nobody has enrolled at. */
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

  async enrol(operator: string): Promise<Page> {
    const code = `code-of-${operator}`;
    await invite(this.database.as('owner'), operator, code);
    const page = await this.newBrowser();
    this.#persons.set(operator, page);
    await page.goto(`/enrol?code=${code}`);
    await page.getByRole('button', { name: '登记' }).click();
    await page.getByRole('heading', { name: '我的事项' }).waitFor();
    return page;
  }

  /** A person who has enrolled, at first by enrolling. */
  at(operator: string): Promise<Page> {
    const page = this.#persons.get(operator);
    return page === undefined ? this.enrol(operator) : Promise.resolve(page);
  }
}
