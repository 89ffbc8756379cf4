/** 办理记录: who did what, when, on which figures, by which document and for which reason. */
import type { SignedDecision } from '../rules/decisions';
import type { Role, Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

/** What stands in the trail: everything that is signed, and files taken in or moved away. */
export type TrailAct = SignedDecision | 'zero_report' | 'archive' | 'restore';

export interface TrailFilter {
  year?: number;
  /** Only what is about this area: nothing of another one, and nothing of the whole region. */
  area?: string | undefined;
  operator?: string | undefined;
  workflow?: string | undefined;
  /** Somewhere in the line: a name, a document, a reason, a subject. */
  words?: string | undefined;
}

export interface TrailLine {
  at: string; // RFC 3339
  fund_year: number | null; // null: of no year
  area: string | null; // null: of the whole region, or of no area
  area_name: string | null;
  scheme: Scheme | null;
  operator: string | null; // null: the act named nobody
  name: string | null;
  role: Role | null;
  office_area: string | null; // whose office he holds
  act: TrailAct;
  subject: string;
  task: string | null; // that it answered
  version: number | null;
  document: string | null;
  reason: string | null;
  figures_hash: string | null;
  workflow_id: string | null;
  /** The number of the signature, and the key that it was made with; null where none was asked for. */
  proof: string | null;
  signed_with: string | null;
  /** What has changed since, so that the act counts for nothing; null where it counts. */
  voided: string | null;
  /** A correction: the cells that were replaced. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** Everything that persons did and that is kept, the latest first; at most `most` lines after the first `skipped`. */
export const trail = (
  db: Queryable,
  { year, area, operator, workflow, words }: TrailFilter,
  { most, skipped = 0 }: { most: number | null; skipped?: number },
): Promise<TrailLine[]> =>
  select<TrailLine>(
    db,
    `select to_char(l.at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as at, l.fund_year, l.area, a.name_zh as area_name, l.scheme, l.operator,
       o.name, o.role, o.area as office_area, l.act, l.subject, t.task, l.version, l.document, l.reason, l.figures_hash, l.workflow_id, l.before, l.after,
       l.proof, p.key as signed_with, v.why as voided
     from (${LINES}) l
     left join fund.area a on (a.fund_year, a.area) = (l.fund_year, l.area)
     left join lateral (
       select o.name, o.role, o.area from fund.operator o
       where o.operator = l.operator and (l.fund_year is null or o.fund_year = l.fund_year) order by o.fund_year desc limit 1) o on true
     left join fund.proof p on p.nonce = l.proof
     left join fund.task t on t.task = l.place
     left join fund.reopened_chain v on v.voided = t.chain and t.kind <> 'submit'
     where (:year::int is null or l.fund_year is null or l.fund_year = :year)
       and (:area::text is null or l.area = :area)
       and (:operator::text is null or l.operator = :operator)
       and (:workflow::text is null or l.workflow_id = :workflow)
       and (:words::text is null or position(lower(:words) in lower(concat_ws(' ', l.area, a.name_zh, l.operator, o.name, l.subject,
         l.document, l.reason, l.before::text, l.after::text))) > 0)
     order by l.at desc, l.place collate "C" desc limit :most::int offset :skipped`,
    {
      year: year ?? null,
      area: area ?? null,
      operator: operator ?? null,
      workflow: workflow ?? null,
      words: words ?? null,
      most,
      skipped,
    },
  );

/** A correction is named by its row; which person a row is about stays in the table of corrections. */
const LINES = `
  select d.decided_at as at, d.task as place, d.fund_year, t.of_area as area, t.of_scheme as scheme, d.operator,
    case t.kind when 'import' then 'zero_report' else d.decision end as act,
    t.subject, d.version, d.document, d.note as reason, d.figures_hash, t.workflow_id, null::jsonb as before, null::jsonb as after, d.proof
  from fund.decision d join fund.task t using (task)
  union all
  select c.corrected_at, c.id::text, c.fund_year, c.key ->> 'area', c.key ->> 'scheme', c.operator, 'correct',
    c.file || coalesce(' ' || (select string_agg(value, ' ' order by name) from jsonb_each_text(c.key) as k (name, value)
                               where name <> 'person'), ''),
    null, null, c.reason, null, null, c.before - 'person', c.after - 'person', c.proof
  from fund.correction c
  union all
  select e.decided_at, e.area || e.until, e.fund_year, e.area, 'resident', e.operator, 'extend',
    '征缴期由 ' || e.closed_before || ' 延至 ' || e.until, null, e.document, null, null,
    null, null, null, e.proof
  from fund.collection_extension e
  union all
  select r.noted_at, r.key, r.fund_year, o.area, null, r.operator, 'import',
    coalesce((select string_agg(f, '、' order by f collate "C") from jsonb_object_keys(r.receipt -> 'files') as f), '（无新内容）')
      || case when r.operator is not null then '' when r.channel = 'command' then '（命令导入，不署名）'
              when r.channel = 'inbox' then '（收件夹，不署名）' else '' end,
    null, null, null, null, null, null, null, r.proof
  from fund.import_report r left join fund.operator o on (o.fund_year, o.operator) = (r.fund_year, r.operator)
  where r.receipt is not null and not r.only_check
  union all
  select t.archived_at, t.name, t.fund_year, null, null, null, 'archive', t.name || ' → ' || t.folder || '（' || t.archived_by || '）',
    null, null, null, null, null, null, null, null
  from fund.archived_table t
  union all
  select t.restored_at, t.name, t.fund_year, null, null, null, 'restore', t.name || ' ← ' || t.folder || '（' || t.restored_by || '）',
    null, null, null, null, null, null, null, null
  from fund.archived_table t where t.restored_at is not null
  union all
  select j.done_at, j.matter, null, null, null, j.operator, p.text::jsonb ->> 'decision', j.matter,
    null, null, j.reason, null, null, null, null, j.proof
  from fund.joint_act j join fund.proof p on p.nonce = j.proof`;
