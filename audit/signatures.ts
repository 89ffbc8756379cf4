/**
 * The invariant of the signatures: every act of a person in a live year, and every act of two, names a proof, the proof's text says
 * what the row says, and its signature is that of the registered key; and two have signed for every appointment, and for the end of a
 * year that was abandoned. All of it from the rows alone.
 */
import type { Queryable } from '../db/connect';
import { select } from '../db/rows';
import { type RegisteredKey, isSigned } from '../signing/check';

/** A row that a person is responsible for, with what was signed for it. */
interface Proven {
  what: string;
  /** What the row says, by the names of the text's fields. */
  said: Record<string, unknown>;
  key: RegisteredKey | null;
  text: string | null;
  signature: string | null;
  /** The operator whose key signed. */
  signer: string | null;
}

/** Before this migration nobody signed. */
const SINCE = `(select applied_at from public.fund_schema_file where name = 'migrations/0018_proofs.sql')`;

const actsOfPersons = (db: Queryable, year: number): Promise<Proven[]> =>
  select<Proven>(
    db,
    `with acts as (
       select 'decision on ' || task as what, fund_year, proof, decided_at as at, jsonb_build_object('year', fund_year, 'task', task, 'decision', decision,
         'figuresHash', figures_hash, 'operator', operator, 'version', version, 'rowsHash', rows_hash,
         'document', document, 'note', note) as said
       from fund.decision
       union all
       select 'extension of ' || area || ' until ' || until, fund_year, proof, decided_at, jsonb_build_object(
         'year', fund_year, 'task', 'extend/' || area || '/' || until, 'decision', 'extend', 'operator', operator, 'document', document)
       from fund.collection_extension
       union all
       select 'correction ' || id || ' of ' || file, fund_year, proof, corrected_at, jsonb_build_object(
         'year', fund_year, 'task', 'correct', 'decision', 'correct', 'operator', operator, 'note', reason)
       from fund.correction where operator <> 'system'
       union all
       -- Unsigned where no person brings the files.
       select 'import ' || key, fund_year, proof, noted_at, jsonb_build_object('year', fund_year, 'operator', operator)
       from fund.import_report where proof is not null
       union all
       -- Of no year: checked with every year.
       select matter || ' by ' || operator, :year::int, proof, done_at, jsonb_build_object('task', matter, 'operator', operator, 'note', reason)
       from fund.joint_act)
     select a.what, jsonb_strip_nulls(a.said) as said, p.text, p.signature, k.operator as signer,
       case when k.key is not null then
         jsonb_build_object('key', k.key, 'kind', k.kind, 'publicKey', k.public_key, 'passkey', k.passkey) end as key
     from acts a join fund.fund_year y on y.year = a.fund_year
     left join fund.proof p on p.nonce = a.proof left join fund.operator_key k using (key)
     where a.fund_year = :year and (a.proof is not null or (y.mode = 'live' and a.at > ${SINCE})) order by a.at, a.what`,
    { year },
  );

export async function signaturesThatDoNotHold(db: Queryable, year: number): Promise<string[]> {
  const found = await Promise.all(
    (await actsOfPersons(db, year)).map(async (act) => {
      const flaw = await flawOf(act);
      return flaw === null ? [] : [`${act.what}: ${flaw}`];
    }),
  );
  return [
    ...found.flat(),
    ...(await versionsOfOtherRows(db, year)),
    ...(await appointedByNobody(db, year)),
    ...(await abandonedByNobody(db, year)),
  ];
}

/** Submitted versions of budgets whose rows are not those that were signed. */
async function versionsOfOtherRows(db: Queryable, year: number): Promise<string[]> {
  const rows = await select<{ task: string }>(
    db,
    `select d.task from fund.decision d join fund.task t using (task)
     where d.fund_year = :year and d.rows_hash <> fund.rows_hash(t.fund_year, t.of_area, t.of_scheme, d.version) order by d.task`,
    { year },
  );
  return rows.map(({ task }) => `decision on ${task}: the version has other rows than were signed`);
}

/** Appointments and last days in office that two people have not signed for. The first of a system were named by the owner's login. */
async function appointedByNobody(db: Queryable, year: number): Promise<string[]> {
  const rows = await select<{ operator: string; matter: string }>(
    db,
    `select a.operator, a.matter from fund.appointment a
     where a.fund_year = :year and a.matter like '%/%'
       and (select count(distinct j.operator) from fund.joint_act j where j.matter = a.matter) < 2 order by 1, 2`,
    { year },
  );
  return rows.map(({ operator, matter }) => `${operator}: ${matter} was not signed by two`);
}

/** An abandoned year that two people have not signed for. */
async function abandonedByNobody(db: Queryable, year: number): Promise<string[]> {
  const rows = await select<{ year: number }>(
    db,
    `select year from fund.fund_year
     where year = :year and status = 'abandoned'
       and (select count(distinct operator) from fund.joint_act where matter = 'abandon/' || year) < 2`,
    { year },
  );
  return rows.map(() => `${year}: abandon/${year} was not signed by two`);
}

async function flawOf({ said, key, text, signature, signer }: Proven): Promise<string | null> {
  if (key === null || text === null || signature === null) return 'not signed';
  if (!(await isSigned(key, text, signature))) return 'its signature does not fit its text and key';
  const signed = JSON.parse(text) as Record<string, unknown>;
  const other = Object.keys(said).find((field) => said[field] !== signed[field]);
  if (other !== undefined) return `signed with another ${other}: ${String(signed[other])}`;
  return signer === said.operator ? null : `signed by ${signer}`;
}
