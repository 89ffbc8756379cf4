/**
 * Moments to kill at. They are drawn from the time of an undisturbed run and kept as the line printed last and the wait since
 * then, so that a moment falls into the same work on slow machines and on fast ones.
 */
import type { Line } from './command';
import type { Random } from './random';

export interface Moment {
  after: string; // the last milestone, as it is printed
  wait: number; // milliseconds since then
}

/** Lines that every run prints. A date counts by its month: a run that was continued may print another day of it. */
const MILESTONE = /^(\d{4}-\d{2}-(?=\d{2} )|Creating the database|Starting \w+|已导入数据包|\d{4} 年度已关账)/;

export interface Timetable {
  milestones: { text: string; at: number }[];
  length: number;
}

/** The milestones of an undisturbed run, and when it reached them. */
export function timetableOf(lines: readonly Line[], length: number): Timetable {
  const milestones = lines.flatMap(({ text, at }) => {
    const milestone = MILESTONE.exec(text)?.[1];
    return milestone === undefined ? [] : [{ text: milestone, at }];
  });
  return { milestones, length };
}

/** A moment between two fractions of the run, all equally likely. */
export function drawMoment({ milestones, length }: Timetable, random: Random, from = 0, to = 1): Moment {
  const [first] = milestones;
  if (first === undefined) throw new Error('The run printed no milestone, so no moment can be drawn from it.');
  const start = first.at + from * (length - first.at);
  const at = start + random() * (to - from) * (length - first.at);
  const last = milestones.filter((milestone) => milestone.at <= at).at(-1) ?? first;
  return { after: last.text, wait: Math.round(at - last.at) };
}

export const momentText = ({ after, wait }: Moment): string => `“${after}” + ${(wait / 1000).toFixed(2)} s`;
