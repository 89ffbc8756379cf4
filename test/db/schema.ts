/** The schema in words, from the catalogue: what a database has, one line a thing, so that two of them can be compared. */
import type { Queryable } from '../../db/connect';
import { select } from '../../db/rows';

const LINES = `
  with relation as (
    select oid, relname, relkind, relacl, reloptions, relrowsecurity from pg_class where relnamespace = 'fund'::regnamespace
  )
  select format('domain %s: %s%s', typname, format_type(typbasetype, typtypmod),
      (select string_agg(' ' || pg_get_constraintdef(c.oid), '' order by conname) from pg_constraint c where contypid = t.oid)) as line
  from pg_type t where typnamespace = 'fund'::regnamespace and typtype = 'd'
  union all
  select format('table %s (%s)%s', relname, string_agg(attname, ', ' order by attnum), ' partition by ' || pg_get_partkeydef(relation.oid))
  from relation join pg_attribute on attrelid = relation.oid
  where relkind in ('r', 'p') and attnum > 0 and not attisdropped group by relname, relation.oid
  union all
  select format('column %s.%s: %s%s%s%s', relname, attname, format_type(atttypid, atttypmod),
      case when attnotnull then ' not null' end,
      case when attidentity <> '' then ' generated as identity' end,
      ' default ' || pg_get_expr(adbin, adrelid))
  from relation join pg_attribute on attrelid = relation.oid left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where relkind in ('r', 'p', 'v') and attnum > 0 and not attisdropped
  union all
  select format('constraint %s.%s: %s', relname, conname, pg_get_constraintdef(c.oid))
  from pg_constraint c join relation on conrelid = relation.oid where contype <> 'n' and contype <> 't'
  union all
  select format('index %s.%s: %s', r.relname, i.relname, pg_get_indexdef(i.oid))
  from pg_index join relation r on indrelid = r.oid join pg_class i on i.oid = indexrelid
  union all
  select format('trigger %s.%s: %s', relname, tgname, pg_get_triggerdef(t.oid))
  from pg_trigger t join relation on tgrelid = relation.oid where not tgisinternal
  union all
  select format('function %s(%s) returns %s, %s%s%s', proname, pg_get_function_identity_arguments(p.oid),
      pg_get_function_result(p.oid), md5(prosrc), case when prosecdef then ', as its owner' end,
      ', ' || array_to_string(proconfig, ' '))
  from pg_proc p where pronamespace = 'fund'::regnamespace
  union all
  select format('view %s: %s%s', relname, md5(pg_get_viewdef(oid)), ', as whoever asks' || case when 'security_invoker=true' = any (reloptions) then '' end)
  from relation where relkind = 'v'
  union all
  select pg_get_statisticsobjdef(oid) from pg_statistic_ext where stxnamespace = 'fund'::regnamespace
  union all
  select format('policy %s.%s: %s to %s: %s%s', relname, polname, polcmd, (select string_agg(r::regrole::text, ', ' order by r::regrole::text) from unnest(polroles) r),
      regexp_replace(pg_get_expr(polqual, polrelid), '\\s+', ' ', 'g'), case when not relrowsecurity then ' (not enabled)' end)
  from pg_policy join relation on polrelid = relation.oid
  union all
  select format('grant to %s: %s %s', grantee::regrole, lower(string_agg(privilege_type, ', ' order by privilege_type)), relname)
  from relation, aclexplode(relacl) where grantee::regrole::text like 'fund\\_%' group by grantee, relname
  union all
  select format('grant to %s: %s %s (%s)', grantee::regrole, lower(privilege_type), relname, string_agg(attname, ', ' order by attname))
  from relation join pg_attribute on attrelid = relation.oid, aclexplode(attacl)
  where grantee::regrole::text like 'fund\\_%' group by grantee, privilege_type, relname
  union all
  select format('grant to %s: execute %s', grantee::regrole, proname)
  from pg_proc, aclexplode(proacl) where pronamespace = 'fund'::regnamespace and grantee::regrole::text like 'fund\\_%'`;

/** One line a thing, in the order of their names. */
export async function schemaOf(db: Queryable): Promise<string> {
  const rows = await select<{ line: string }>(
    db,
    `select line from (${LINES}) as schema (line) order by line collate "C"`,
  );
  return rows.map(({ line }) => `${line}\n`).join('');
}
