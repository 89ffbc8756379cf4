/** Posting to the books. The database proves the balance at commit and refuses every change. */
import type { Decimal } from '../rules/money';
import { yuanText } from '../rules/money';
import { onSides } from '../rules/posting';
import type { Part, Scheme } from '../rules/vocabulary';
import type { Transaction } from './connect';

export interface Posting {
  date: string;
  entity: string; // area code or 'region'
  scheme: Scheme;
  part: Part;
  key: string; // the business fact, unique in its fund year
  basis: string; // the article
  debit: string;
  credit: string;
  amount: Decimal; // signed; 0 is not posted
}

/**
 * Posts entries of one fund year, each one debit and one credit, in one round trip.
 * Asks for a transaction: an entry belongs to the act that causes it.
 */
export async function post(trx: Transaction, fundYear: number, postings: readonly Posting[]): Promise<void> {
  const entries = postings.flatMap((posting) => {
    const sides = onSides(posting);
    return sides === null ? [] : [{ ...posting, ...sides, amount: yuanText(sides.amount) }];
  });
  if (entries.length === 0) return;
  await trx.query(
    `with given as (
       select * from jsonb_to_recordset($2::jsonb) as g(
         date date, entity text, scheme text, part text, key text, basis text, debit text, credit text, amount numeric)
     ), posted as (
       insert into fund.journal_entry (fund_year, date, entity, scheme, part, key, basis)
       select $1, date, entity, scheme, part, key, basis from given
       returning id, key, scheme
     )
     insert into fund.journal_line (entry_id, side, scheme, account, amount)
     select p.id, s.side, p.scheme, s.account, g.amount
     from posted p join given g using (key), lateral (values (1, g.debit), (-1, g.credit)) as s(side, account)`,
    [fundYear, JSON.stringify(entries)],
  );
}
