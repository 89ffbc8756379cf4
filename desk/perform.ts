/** Carries an act out with a signature: it asks for one before it changes anything. */
import type { Sign } from '../signing/act-text';
import type { Desk } from './desk';
import type { Viewer } from './viewer';

export type Perform = (sign: Sign) => Promise<{ to: string }>;
/** An act that no task asks for, as its form describes it. */
export type OwnAct = (desk: Desk, viewer: Viewer, fields: Record<string, unknown>) => Perform;
