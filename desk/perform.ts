/** Carries an act out with a signature: it asks for one before it changes anything. */
import type { Sign } from '../scripts/client/signing';

export type Perform = (sign: Sign) => Promise<{ to: string }>;
