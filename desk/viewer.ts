/** Who looks at the desk, and what he may see. It is decided here; the database holds every page to it (db/seen.ts). */
import type { Queryable } from '../db/connect';
import { officesHeld } from '../db/operators';
import type { Seen } from '../db/seen';
import { type Role, officeName } from '../rules/vocabulary';

/** What a person does in one year. */
export interface Office {
  year: number;
  isOpen: boolean;
  /** A run in compressed time, which plays its operators itself. */
  isRun: boolean;
  role: Role;
  area: string | null; // null: of the region
}

export class Viewer {
  constructor(
    readonly operator: string,
    readonly name: string,
    /** The newest year first. */
    private readonly offices: readonly Office[],
  ) {}

  /** Whoever holds no office in any year sees nothing: null. */
  static async of(db: Queryable, operator: string): Promise<Viewer | null> {
    const held = await officesHeld(db, operator);
    const [first] = held;
    if (first === undefined) return null;
    const offices = held.map(({ fund_year: year, status, mode, role, area }) => ({
      year,
      isOpen: status === 'open',
      isRun: mode === 'run',
      role,
      area,
    }));
    return new Viewer(operator, first.name, offices);
  }

  /** The years that he may look at, the newest first. */
  get years(): number[] {
    return this.offices.map(({ year }) => year);
  }
  /** The year that is shown where none is asked for: the newest that is open, or the newest. */
  get usualYear(): number {
    const office = this.offices.find(({ isOpen }) => isOpen) ?? this.offices[0];
    if (office === undefined) throw new RangeError(`${this.operator} holds no office.`);
    return office.year;
  }

  /** Whether he holds an office in a year that is open. */
  holds(role: Role): boolean {
    return this.offices.some((office) => office.isOpen && office.role === role);
  }
  /** Whether an office of his is of the region, in whatever year. */
  get isOfRegion(): boolean {
    return this.offices.some(({ area }) => area === null);
  }

  officeIn(year: number): Office | undefined {
    return this.offices.find((office) => office.year === year);
  }
  officeName(year: number): string {
    const office = this.officeIn(year);
    return office === undefined ? '' : officeName(office);
  }

  /**
   * The one area that he is confined to in a year, null for an office of the region, which sees all. Undefined: he holds no office in
   * that year and sees nothing of it.
   */
  areaIn(year: number): string | null | undefined {
    return this.officeIn(year)?.area;
  }

  /** All that he may see: years of which he sees everything, and single areas of others. */
  get seen(): Seen {
    return {
      years: this.offices.filter(({ area }) => area === null).map(({ year }) => year),
      areas: this.offices.flatMap(({ year, area }) => (area === null ? [] : [{ year, area }])),
    };
  }

  /** Whether he may see what is about an area; null is about the whole region, whose figures are those of every area. */
  sees(year: number, area: string | null): boolean {
    const own = this.areaIn(year);
    return own === null || (own !== undefined && own === area);
  }
}
