/** The law of a fund year with some values changed, for tests of figures. */
import { ParameterSet, type ParameterInForce, allInForce } from '../../parameters';
import { Law } from '../../parameters/law';

/** Every value in force for the year, those of `changed` replaced. */
export function lawWith(year: number, changed: Record<string, ParameterInForce['value']> = {}): Law {
  const pinned = allInForce(year, {}).map((parameter) =>
    parameter.name in changed ? { ...parameter, value: changed[parameter.name]! } : parameter,
  );
  return new Law(new ParameterSet(pinned));
}
