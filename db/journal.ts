/** The books: posting entries and reading balances. The database checks the balance at commit and refuses every change. */
import { type Decimal, decimal, yuanText } from '../rules/money';
import { RECEIVED_IN_ADVANCE, onSides } from '../rules/posting';
import type { Because } from '../rules/rule';
import type { Part, Scheme } from '../rules/vocabulary';
import type { Transaction } from './connect';
import { execute, select } from './rows';

export interface Posting {
  date: string;
  entity: string; // area code or 'region'
  scheme: Scheme;
  part: Part;
  key: string; // names the business fact, unique in its fund year
  basis: string; // the article
  debit: string;
  credit: string;
  amount: Decimal; // signed; 0 is not posted
  because: Because; // why it is this amount
}

/**
 * Posts entries of one fund year, each with one debit and one credit, in one round trip. It takes a transaction because an entry
 * belongs to the act that causes it.
 */
export async function post(trx: Transaction, fundYear: number, postings: readonly Posting[]): Promise<void> {
  const entries = postings.flatMap((posting) => {
    const sides = onSides(posting);
    return sides === null
      ? []
      : [{ ...posting, ...sides, amount: yuanText(sides.amount), because: { amount: posting.because } }];
  });
  if (entries.length === 0) return;
  await execute(
    trx,
    `with given as (
       select * from jsonb_to_recordset(:entries::jsonb) as g(
         date date, entity text, scheme text, part text, key text, basis text, debit text, credit text, amount numeric, because jsonb)
     ), posted as (
       insert into fund.journal_entry (fund_year, date, entity, scheme, part, key, basis, because)
       select :fundYear, date, entity, scheme, part, key, basis, because from given
       returning id, key, scheme
     )
     insert into fund.journal_line (entry_id, side, scheme, account, amount)
     select p.id, s.side, p.scheme, s.account, g.amount
     from posted p join given g using (key), lateral (values (1, g.debit), (-1, g.credit)) as s(side, account)`,
    { fundYear, entries: JSON.stringify(entries) },
  );
}

/** What each area has received in advance (暂收款) for a fund year. */
export async function receivedInAdvance(
  trx: Transaction,
  fundYear: number,
): Promise<{ area: string; amount: Decimal }[]> {
  const rows = await select<{ area: string; amount: string }>(
    trx,
    `select entity as area, -sum(debit_less_credit) as amount from fund.ledger
     where fund_year = :fundYear and account = :receivedInAdvance group by entity order by entity collate "C"`,
    { fundYear, receivedInAdvance: RECEIVED_IN_ADVANCE },
  );
  return rows.map(({ area, amount }) => ({ area, amount: decimal(amount) }));
}
