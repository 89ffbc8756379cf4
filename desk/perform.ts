/** Carries an act out with a signature: it asks for one before it changes anything. */
import type { Sign } from '../signing/act-text';

export type Perform = (sign: Sign) => Promise<{ to: string }>;
