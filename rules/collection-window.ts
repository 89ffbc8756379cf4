/**
 * 集中征缴期: until when residents may pay for the coverage year. Two texts disagree.
 *
 * Law: A(2) “各地原则上要于上年度9月1日至12月31日完成次年居民医保集中征缴” (`collection.window.end`, 31 December); B(7)
 * “逐步统一集中征缴期，2025年2月底前完成居民医保参保缴费工作” (`calendar.extension_latest`, the end of February). RULES 2.
 *
 * Both stand, and this says which holds: A(2) is the rule of every year and ends the window. B(7) completes one year's
 * collection later, which “原则上” leaves room for: it shows how far a decision of the region may extend the window, and
 * does not extend it by itself. Such a decision is recorded with its document as `collection.window.extension`.
 * Units: ISO dates.
 */

/** The last day of an area's window. `extension` is the region's decision, null where there is none. */
export const lastDayToPay = ({ windowEnd, extension }: { windowEnd: string; extension: string | null }): string =>
  extension ?? windowEnd;
