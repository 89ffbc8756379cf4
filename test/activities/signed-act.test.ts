/**
 * 签名: who can act in a live year, and who cannot. Each act is refused for one reason, in its own sentence; and what the code would
 * let pass, the database refuses.
 */
import { randomUUID } from 'node:crypto';
import { freeze, leaveOffice, revokeKey } from '../../activities/joint-acts';
import { decide } from '../../activities/people';
import { signaturesThatDoNotHold } from '../../audit/signatures';
import { type Database, inTransaction } from '../../db/connect';
import type { Act } from '../../db/decisions';
import { invite, registerKey, registerRunKeys } from '../../db/proofs';
import { REFUSED_BY, refusalOf } from '../../db/refusals';
import { execute, select } from '../../db/rows';
import { openChain, voidChain, waitingLink } from '../../db/tasks';
import { ROLE_NAMES, type Role, officeName } from '../../rules/vocabulary';
import { type Proof, type SignedAct, actText } from '../../signing/act-text';
import { newKey, newNonce, publicKeyOf, signAct } from '../../signing/ed25519';
import { type TestDatabase, testDatabase } from '../database';

const YEAR = 2028;
const DOCUMENT = '东政函〔2027〕8号';

let database: TestDatabase;
let owner: Database;
beforeAll(async () => {
  database = await testDatabase();
  owner = database.as('owner');
  for (const year of [YEAR, YEAR + 1]) await addYear(year);
});
afterAll(() => database.drop());

async function addYear(year: number): Promise<void> {
  await execute(owner, `insert into fund.fund_year (year, mode) values (:year, 'live')`, { year });
  await execute(
    owner,
    `insert into fund.area (fund_year, area, name_zh, name_en, schemes, line)
     select :year, area, area, area, array['employee'], 2 from unnest(array['150100', '150200']) as area`,
    { year },
  );
  await execute(
    owner,
    `insert into fund.operator (fund_year, operator, name, role, area, line) values
       (:year, 'sec-1', '乌云', 'area_security', '150100', 2), (:year, 'fin-1', '赵建国', 'area_finance', '150100', 3),
       (:year, 'fin-1b', '孙立', 'area_finance', '150100', 3), (:year, 'fin-2', '李秀英', 'area_finance', '150200', 4),
       (:year, 'r-sec', '娜仁', 'region_security', null, 5), (:year, 'r-gov', '高志远', 'region_government', null, 6),
       (:year, 'r-gov-2', '白音', 'region_government', null, 7), (:year, 'both', '同一人', 'region_security', null, 8)`,
    { year },
  );
  await database.signers.appoint(year);
}

let chains = 0;
async function chainOf(...roles: Role[]): Promise<string> {
  const chain = `budget-${++chains}`;
  const question = {
    fundYear: YEAR,
    area: '150100',
    scheme: 'employee',
    subject: '预算',
    dueOn: '2027-12-31',
  } as const;
  await inTransaction(database.pool, (trx) =>
    openChain(trx, { ...question, figures: { surplus: '10.00' }, chain, workflowId: chain, kind: 'approve', roles }),
  );
  return chain;
}
async function actOn(chain: string, operator: string, of: Partial<Act> = {}): Promise<Act> {
  const link = await waitingLink(database.pool, chain);
  return {
    ...{ task: link?.task ?? '', figuresHash: link?.figures_hash ?? '', operator, decision: 'approve' },
    ...{ document: DOCUMENT, businessDate: '2027-11-01', ...of },
  };
}
const signed = (act: Act): Promise<Act> => database.signers.signed(YEAR, act);
const said = (act: Act): SignedAct => ({ ...act, year: YEAR });
const record = (act: Act) => decide(database.pool, { year: YEAR, act });
const sentence = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'not refused',
    (error: unknown) => refusalOf(error) ?? (error as Error).message,
  );
const decisionsOn = (chain: string) =>
  select(database.pool, 'select operator from fund.decision where chain = :chain', { chain });

test('an act is recorded with its text and its signature, which hold from the rows alone', async () => {
  const chain = await chainOf('area_finance');
  const act = await signed(await actOn(chain, 'fin-1'));
  await record(act);
  const [row] = await select<{ text: string; signature: string; operator: string }>(
    database.pool,
    'select p.text, p.signature, p.operator from fund.decision d join fund.proof p on p.nonce = d.proof where d.chain = :chain',
    { chain },
  );
  expect(row).toEqual({ text: actText(said(act), act.proof!), signature: act.proof!.signature, operator: 'fin-1' });
  expect(JSON.parse(row!.text)).toMatchObject({ year: YEAR, task: act.task, decision: 'approve', document: DOCUMENT });
  expect(await signaturesThatDoNotHold(database.pool, YEAR)).toEqual([]);
});

// who or what is wrong with an act, and what its author is told
// prettier-ignore
test.each<[string, (act: Act) => Act | Promise<Act>, RegExp]>([
  ['not signed',                  (act) => act,                                                                /须有办理人的签名/],
  ['an unknown operator',         (act) => signed({ ...act, operator: 'nobody' }),                             /^2028 年度没有工号 nobody/],
  ['a key nobody registered',     (act) => ({ ...act, proof: signAct(said(act), newKey()) }),                  /没有登记这把密钥/],
  ['the key of another',          async (act) => ({ ...act, proof: signAct(said(act), await database.signers.keyOf('fin-2')) }), /不是工号 fin-1 的/],
  ['another’s key under his name', async (act) => forged(act),                                                 /^签名与所办的内容不符/],
  ['a document changed since',    async (act) => ({ ...(await signed(act)), document: '东政函〔2027〕9号' }),   /^签名与所办的内容不符/],
  ['the office of another area',  (act) => signed({ ...act, operator: 'fin-2' }),                              /^工号 fin-2 属150200 统筹区财政局，本事项须由150100 统筹区财政局办理/],
  ['another office',              (act) => signed({ ...act, operator: 'r-sec' }),                              /^工号 r-sec 属自治区医保局，本事项须由150100 统筹区财政局办理/],
  ['figures that have changed',   (act) => signed({ ...act, figuresHash: 'of yesterday' }),                    /数字已变，须重新查看后办理/],
  ['another year’s',              async (act) => ({ ...act, proof: await database.signers.sign({ ...said(act), year: YEAR + 1 }) }), /^签名与所办的内容不符/],
  ['signed two days ago',         (act) => at(act, -48),                                                       /不在有效期内/],
  ['signed in the future',        (act) => at(act, 1),                                                         /不在有效期内/],
])('refused: %s', async (_what, wrong, words) => {
  const chain = await chainOf('area_finance');
  expect(await sentence(record(await wrong(await actOn(chain, 'fin-1'))))).toMatch(words);
  expect(await decisionsOn(chain)).toEqual([]);
});

/** Signed by another, who names the key of the operator as his own. */
async function forged(act: Act): Promise<Act> {
  const { key } = publicKeyOf(await database.signers.keyOf('fin-1'));
  const proof = signAct(said(act), newKey());
  return { ...act, proof: { ...proof, key } };
}
/** Signed some hours from now. */
async function at(act: Act, hours: number): Promise<Act> {
  jest.useFakeTimers({ now: Date.now() + hours * 3_600_000, doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
  try {
    return await signed(act);
  } finally {
    jest.useRealTimers();
  }
}

test('refused: a task that is decided, one that is void, and a signature that counted before', async () => {
  const chain = await chainOf('area_finance');
  const act = await signed(await actOn(chain, 'fin-1'));
  await record(act);
  // The same act again is answered with the first receipt; anything else about the task is refused.
  expect(await record(act)).toEqual({ task: act.task, decision: 'approve' });
  const other = { ...act, operator: 'fin-1b', proof: undefined } as unknown as Act;
  expect(await sentence(decide(database.pool, { year: YEAR, act: await signed(other) }))).toMatch(/再办，予以拒绝/);
  expect(await sentence(insertOf(await signed(other)))).toMatch(/已办结或作废/);

  const voided = await chainOf('area_finance');
  const late = await signed(await actOn(voided, 'fin-1'));
  await inTransaction(database.pool, (trx) => voidChain(trx, voided));
  expect(await sentence(record(late))).toMatch(/已办结或作废/);

  expect(await sentence(insertProof({ ...act.proof!, text: actText(said(act), act.proof!), operator: 'fin-1' }))).toBe(
    REFUSED_BY.proof_pkey,
  );
});

test('refused: one person on two links, and the maker as checker', async () => {
  const chain = await chainOf('region_security', 'region_security');
  await record(await signed(await actOn(chain, 'both')));
  expect(await sentence(record(await signed(await actOn(chain, 'both'))))).toMatch(/一人只办理一个环节/);
  await record(await signed(await actOn(chain, 'r-sec')));
  expect(await decisionsOn(chain)).toHaveLength(2);
});

test('refused: an expired key; a revoked one, once two of the region’s government have revoked it', async () => {
  await database.signers.keyOf('fin-1b');
  await execute(
    owner,
    `update fund.operator_key set valid_until = now() - interval '1 minute' where operator = 'fin-1b'`,
  );
  const chain = await chainOf('area_finance');
  expect(await sentence(record(await signed(await actOn(chain, 'fin-1b'))))).toMatch(/密钥已于 .* 过期/);

  const { key } = publicKeyOf(await database.signers.keyOf('fin-2'));
  const revoke = (operator: string, reason = '遗失') =>
    revokeKey(database.pool, { key, operator, reason }, database.signers.sign);
  expect(await sentence(revoke('r-sec'))).toMatch(/须由自治区人民政府的两人办理，工号 r-sec 不是/);
  expect(await sentence(revoke('r-gov', ' '))).toMatch(/原因应含文字或数字/);
  expect(await revoke('r-gov')).toEqual({ done: false, by: ['r-gov'] });
  expect(await revoke('r-gov')).toEqual({ done: false, by: ['r-gov'] });
  expect(await revoke('r-gov-2')).toEqual({ done: true, by: ['r-gov', 'r-gov-2'] });
  expect(await sentence(record(await signed(await actOn(chain, 'fin-2'))))).toMatch(/fin-2 的密钥已注销/);
});

describe('two people, and not one', () => {
  const joint = (matter: string, operator: string, proof: Proof | null) =>
    execute(
      database.pool,
      `insert into fund.joint_act (matter, operator, reason, proof) values (:matter, :operator, '依据', :proof)`,
      { matter, operator, proof: proof?.nonce ?? null },
    );

  test('no key of a simulated year signs for them', async () => {
    await execute(database.pool, `insert into fund.fund_year (year, mode) values (2999, 'run')`);
    const own = newKey();
    await registerRunKeys(database.pool, 2999, [{ operator: 'r-sec', key: own.key, publicKey: own.publicKey }]);
    const act = {
      task: 'appoint/2028/x',
      decision: 'appoint' as const,
      figuresHash: '',
      operator: 'r-sec',
      note: '依据',
    };
    const inTheRun = { ...act, year: 2999 };
    const proof = signAct(inTheRun, own);
    await execute(
      database.pool,
      `insert into fund.proof (nonce, fund_year, operator, key, text, signature) values (:nonce, 2999, 'r-sec', :key, :text, :signature)`,
      { ...proof, text: actText(inTheRun, proof) },
    );
    expect(await sentence(joint(act.task, 'r-sec', proof))).toMatch(/签名的内容不是所办的内容/);
  });

  test('a signature that does not hold is named by the audit of every year', async () => {
    const act = {
      year: null,
      task: 'appoint/2028/x',
      decision: 'appoint',
      figuresHash: '',
      operator: 'r-sec',
      note: '依据',
    } as const;
    const { key } = publicKeyOf(await database.signers.keyOf('r-sec'));
    const proof = { ...signAct(act, newKey()), key };
    await execute(
      database.pool,
      `insert into fund.proof (nonce, operator, key, text, signature) values (:nonce, 'r-sec', :key, :text, :signature)`,
      { ...proof, text: actText(act, proof) },
    );
    await joint(act.task, 'r-sec', proof);
    for (const year of [YEAR, YEAR + 1])
      expect(await signaturesThatDoNotHold(database.pool, year)).toContain(
        'appoint/2028/x by r-sec: its signature does not fit its text and key',
      );
  });

  test('a temporary table makes nobody the owner', async () => {
    const asIf = inTransaction(database.pool, async (trx) => {
      await execute(
        trx,
        `create temp table pg_class on commit drop as select 'fund.operator'::regclass::oid as oid,
           (select oid from pg_catalog.pg_roles where rolname = current_user) as relowner`,
      );
      await invite(trx, 'me', randomUUID());
    });
    expect(await sentence(asIf)).toMatch(/须由数据库属主登录办理/);
  });

  test('a last day in office that two have changed since is not brought back', async () => {
    await execute(
      owner,
      `insert into fund.operator (fund_year, operator, name, role, area, line, appointed_at)
       values (:year, 'leaver', '甲', 'area_finance', '150100', 9, now()), (:year, 'r-sec-2', '乙', 'region_security', null, 9, now())`,
      { year: YEAR },
    );
    const leave = async (last: string) => {
      for (const operator of ['r-sec', 'r-sec-2'])
        await leaveOffice(
          database.pool,
          { year: YEAR, operator, reason: '调离', leaver: 'leaver', last },
          database.signers.sign,
        );
    };
    await leave('2028-12-31');
    await leave('2028-06-30');
    await leave('2028-12-31'); // both have signed for it before
    const [row] = await select<{ until: string }>(
      database.pool,
      `select until from fund.operator where operator = 'leaver'`,
    );
    expect(row?.until).toBe('2028-06-30');
  });

  test('two agree when they sign within thirty days of each other', async () => {
    const freezing = (operator: string) =>
      freeze(
        database.pool,
        { year: YEAR, from: '2029-01-01', until: '2029-01-02', operator, reason: '审计' },
        database.signers.sign,
      );
    await freezing('r-sec');
    await execute(owner, `update fund.joint_act set done_at = now() - interval '31 days' where matter like 'freeze/%'`);
    expect(await freezing('r-sec-2')).toEqual({ done: false, by: ['r-sec-2'] });
    expect(await freezing('both')).toMatchObject({ done: true });
  });

  test('a signature is of an instant, not of any time', async () => {
    const act = await actOn(await chainOf('area_finance'), 'fin-1');
    const unsigned = { key: publicKeyOf(await database.signers.keyOf('fin-1')).key, time: 'now', nonce: newNonce() };
    const text = actText(said(act), unsigned);
    expect(await sentence(insertProof({ ...unsigned, signature: 'x', text, operator: 'fin-1' }))).toMatch(
      /不在有效期内/,
    );
  });
});

describe('a key is registered by whoever was invited', () => {
  const register = (code: string) => registerKey(database.pool, code, newKey());

  test('once, within 72 hours, and one of a kind at a time', async () => {
    const code = randomUUID();
    await invite(owner, 'new', code);
    expect(await sentence(register('another code'))).toMatch(/没有这个邀请码/);
    expect(await register(code)).toBe('new');
    expect(await sentence(register(code))).toMatch(/邀请码已用过/);
    const second = randomUUID();
    await invite(owner, 'new', second);
    expect(await sentence(register(second))).toMatch(/已有一把有效的同类密钥/);
    const late = randomUUID();
    await invite(owner, 'late', late);
    await execute(owner, `update fund.invitation set expires_at = now() where operator = 'late'`);
    expect(await sentence(register(late))).toMatch(/邀请码已于 .* 过期/);
  });

  test('nobody but the owner invites, and nobody adds a key without an invitation', async () => {
    expect(await sentence(invite(database.pool, 'me', randomUUID()))).toMatch(/须由数据库属主登录办理/);
    const adding = execute(
      database.pool,
      `insert into fund.operator_key (key, operator, kind, public_key) values ('k', 'fin-1', 'ed25519', 'x')`,
    );
    await expect(adding).rejects.toThrow('permission denied');
  });
});

describe('the code bypassed', () => {
  const insertUnsigned = async (chain: string) => insertOf(await actOn(chain, 'fin-1'));

  test('a decision without a proof, or with the proof of something else, is refused', async () => {
    const chain = await chainOf('area_finance');
    expect(await sentence(insertUnsigned(chain))).toMatch(/须有办理人的签名/);
    const elsewhere = await chainOf('area_finance');
    const other = await signed(await actOn(elsewhere, 'fin-1'));
    await record(other);
    const borrowed = { ...(await actOn(chain, 'fin-1')), proof: other.proof! };
    expect(await sentence(insertOf(borrowed))).toMatch(/签名的内容不是所办的内容/);
    expect(await decisionsOn(chain)).toEqual([]);
  });

  test('a proof whose columns say something else than its text is refused; none is changed or deleted', async () => {
    const act = await signed(await actOn(await chainOf('area_finance'), 'fin-1'));
    const proof = { ...act.proof!, text: actText(said(act), act.proof!) };
    expect(await sentence(insertProof({ ...proof, operator: 'fin-1b' }))).toMatch(/签名文本与所办事项不符/);
    for (const change of [`update fund.proof set signature = 'x'`, 'delete from fund.proof'])
      await expect(execute(database.pool, change)).rejects.toThrow('permission denied');
  });

  test('a signature that only the code can judge is found by the audit', async () => {
    const chain = await chainOf('area_finance');
    const act = await forged(await actOn(chain, 'fin-1'));
    await insertProof({ ...act.proof!, text: actText(said(act), act.proof!), operator: 'fin-1' });
    await insertOf(act);
    expect(await signaturesThatDoNotHold(database.pool, YEAR)).toContain(
      `decision on ${act.task}: its signature does not fit its text and key`,
    );
  });

  test('an act whose proof is taken away is found by the audit', async () => {
    const chain = await chainOf('area_finance');
    const act = await signed(await actOn(chain, 'fin-1'));
    await record(act);
    await inTransaction(owner, async (trx) => {
      await execute(trx, 'set local session_replication_role = replica');
      await execute(trx, 'update fund.decision set proof = null where chain = :chain', { chain });
    });
    expect(await signaturesThatDoNotHold(database.pool, YEAR)).toContain(`decision on ${act.task}: not signed`);
  });

  test('an extension and a correction are refused without a proof', async () => {
    const extension = execute(
      database.pool,
      `insert into fund.collection_extension (fund_year, area, until, operator, document, decided_on)
       values (:year, '150100', '2028-02-15', 'r-sec', '1号', '2027-12-01')`,
      { year: YEAR },
    );
    expect(await sentence(extension)).toMatch(/征缴|须有办理人的签名/);
    const correction = execute(
      database.pool,
      `insert into fund.correction (fund_year, file, key, before, after, reason, operator)
       values (:year, 'insured.csv', '{"area":"150100"}', '{}', '{}', '更正', 'sec-1')`,
      { year: YEAR },
    );
    expect(await sentence(correction)).toMatch(/须有办理人的签名/);
  });
});

const insertProof = ({
  nonce,
  key,
  signature,
  text,
  operator,
}: Record<'nonce' | 'key' | 'signature' | 'text' | 'operator', string>) =>
  execute(
    database.pool,
    `insert into fund.proof (nonce, fund_year, operator, key, text, signature) values (:nonce, :year, :operator, :key, :text, :signature)`,
    { nonce, key, signature, text, operator, year: YEAR },
  );
const insertOf = ({ task, operator, figuresHash, document, proof }: Act) =>
  execute(
    database.pool,
    `insert into fund.decision (fund_year, task, chain, operator, decision, document, figures_hash, business_date, proof)
     values (:year, :task, :chain, :operator, 'approve', :document, :figuresHash, '2027-11-01', :nonce)`,
    {
      ...{ year: YEAR, task, chain: task.slice(0, task.lastIndexOf('/')), operator, document, figuresHash },
      nonce: proof?.nonce ?? null,
    },
  );

test('the database calls the offices as the vocabulary does', async () => {
  for (const [role, name] of Object.entries(ROLE_NAMES) as [Role, string][]) {
    const area = role.startsWith('area_') ? '150100' : null;
    const rows = await select(database.pool, 'select fund.office(:role, :area) as office', { role, area });
    expect(rows).toEqual([{ office: officeName({ role, area }) }]);
    expect(officeName({ role, area })).toContain(name);
  }
});

test('a nonce is long enough that no two are the same', () => {
  expect(new Set(Array.from({ length: 1000 }, newNonce)).size).toBe(1000);
});
