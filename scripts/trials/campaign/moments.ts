/**
 * Moments to kill at. They are drawn from the time that an undisturbed run took, and told by what it had printed last:
 * so a moment falls into the same work on a slow machine and on a fast one.
 */
import type { Line } from './command';
import type { Random } from './random';

export interface Moment {
  after: string; // the last milestone, as it is printed
  wait: number; // milliseconds since then
}

/** What every run prints on its way; of a date the month, because a run that goes on may meet it on another day. */
const MILESTONE = /^(\d{4}-\d{2}-(?=\d{2} )|Creating the database|Starting \w+|已导入数据包|\d{4} 年度已关账)/;

export interface Timetable {
  milestones: { text: string; at: number }[];
  length: number;
}

/** The milestones of an undisturbed run and when it came to them. */
export function timetableOf(lines: readonly Line[], length: number): Timetable {
  const milestones = lines.flatMap(({ text, at }) => {
    const milestone = MILESTONE.exec(text)?.[1];
    return milestone === undefined ? [] : [{ text: milestone, at }];
  });
  return { milestones, length };
}

/** A moment of the run, every one as likely as any other, between two fractions of its length. */
export function drawMoment({ milestones, length }: Timetable, random: Random, from = 0, to = 1): Moment {
  const [first] = milestones;
  if (first === undefined) throw new Error('the run has printed no milestone to draw moments from');
  const start = first.at + from * (length - first.at);
  const at = start + random() * (to - from) * (length - first.at);
  const last = milestones.filter((milestone) => milestone.at <= at).at(-1) ?? first;
  return { after: last.text, wait: Math.round(at - last.at) };
}

export const momentText = ({ after, wait }: Moment): string => `“${after}” + ${(wait / 1000).toFixed(2)} s`;
