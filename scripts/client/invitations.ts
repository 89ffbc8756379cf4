/** Invitations to register a key: their codes, and who of a run's operators may look around with one. */
import { randomBytes } from 'node:crypto';
import { areasOfYear } from '../../db/areas';
import { connect, type Queryable } from '../../db/connect';
import { operatorsOf } from '../../db/operators';
import { hasPasskey } from '../../db/passkeys';
import { invite } from '../../db/proofs';
import { shownText } from '../../rules/text';
import { SCHEMES, officeName } from '../../rules/vocabulary';

/** A code is typed or pasted by a person: letters and digits that are not mistaken for each other. */
function newCode(): string {
  const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
  const letters = [...randomBytes(20)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
  return (letters.match(/.{5}/g) as string[]).join('-');
}

/** Invites an operator, by the login that owns the database. */
export async function inviteOperator(owner: Queryable, operator: string): Promise<{ code: string; until: string }> {
  const code = newCode();
  return { code, ...(await invite(owner, operator, code)) };
}

/**
 * A line for each of two offices, from which one sees how the desk differs: the region's security bureau, and that of an area with both
 * schemes. It has the address that enrols a passkey as that office, or says that there is one already.
 */
export async function invitationsToLook(databaseUrl: string, year: number, origin: string): Promise<string[]> {
  const owner = connect(databaseUrl, 'owner', 1);
  try {
    const operators = await operatorsOf(owner, year);
    const area = (await areasOfYear(owner, year)).find(({ schemes }) => schemes.length === SCHEMES.length)?.area;
    const offices = [
      operators.find(({ role }) => role === 'region_security'),
      operators.find((person) => person.role === 'area_security' && person.area === area),
    ];
    const lines: string[] = [];
    for (const found of offices) {
      if (found === undefined) continue;
      const who = `${officeName(found)} ${shownText(found.name)}`;
      if (await hasPasskey(owner, found.operator)) lines.push(`  ${who}：已登记，直接登录 (log in) ${origin}`);
      else {
        const { code } = await inviteOperator(owner, found.operator);
        lines.push(`  ${who}：登记通行密钥后查看 (enrol a passkey, then look) ${origin}/enrol?code=${code}`);
      }
    }
    return lines;
  } finally {
    await owner.destroy();
  }
}
