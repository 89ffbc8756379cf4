/** 重新提请: how a chain asks anew once the figures that it was opened on have changed. */
export interface Renewal {
  /** What persons would be shown now. */
  figures: object;
  /** The chain that asks; null when nothing is left to ask. */
  chain: string | null;
  /** What the page of the workflow shows of it. */
  receipt: object | null;
  /** Opens it, and records what was judged anew. */
  ask: () => Promise<void>;
}

/** What was asked is settled by the figures of now. */
export const NOTHING_LEFT: Renewal = { figures: {}, chain: null, receipt: null, ask: () => Promise.resolve() };
