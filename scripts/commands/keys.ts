/** `enrol`, `key` and `revoke-key`: who can sign for an operator. */
import type { Command } from 'commander';
import { DatabaseError } from 'pg';
import { registerKey } from '../../db/proofs';
import { shownText } from '../../rules/text';
import { inviteOperator } from '../client/invitations';
import { signFor } from '../client/joint-acts';
import { onDatabase } from '../client/with-database';
import { makeKey, signWithKeyFile } from '../client/signing';
import { jointText } from '../words/joint-text';
import { Refusal } from '../words/refusal';
import { reasonOption } from './options';

interface Output {
  json?: true;
}

export function keyCommands(program: Command): void {
  program
    .command('enrol <operator>')
    .summary('invite an operator to register a key')
    .description(
      'Makes a code, valid once and for 72 hours, with which an operator registers a passkey or, with `key`, a key for the command\n' +
        'line. By the login that owns the database. Hand the code to that person alone.\n' +
        '邀请经办人员登记签名密钥：邀请码一次有效，72 小时内登记；由数据库属主登录办理，邀请码只交本人。',
    )
    .option('--json', 'print the code as JSON')
    .action(enrol);
  program
    .command('key <code>')
    .summary('make a key for the command line, and register it')
    .description(
      'Makes an Ed25519 key for the operator whom the code invites, and keeps its private half in FUND_KEYS (~/.fund-keys), readable\n' +
        'by you alone; with FUND_KEY_PASSPHRASE it is encrypted.\n' +
        '以邀请码登记命令行签名密钥；私钥保存在 FUND_KEYS 文件夹，仅本人可读。',
    )
    .option('--json', 'print the key’s fingerprint as JSON')
    .action(registerForCommandLine);
  program
    .command('revoke-key <key>')
    .summary('revoke a key, by two of the region’s government')
    .description(
      'Revokes a key by its fingerprint, once two of the region’s government have done it. What it has signed before stays.\n' +
        '注销签名密钥：自治区人民政府两人先后办理后生效，此前的签名仍然有效。',
    )
    .requiredOption('--as <operator>', 'who acts (工号)')
    .requiredOption('--reason <text>', 'why (原因)', reasonOption)
    .option('--json', 'print the outcome as JSON')
    .action(revoke);
}

async function enrol(operator: string, { json }: Output): Promise<void> {
  const { code, until } = await onDatabase((owner) => inviteOperator(owner, operator).catch(needsTheOwner), 'owner');
  if (json) console.log(JSON.stringify({ operator, code, until }));
  else
    console.log(
      `邀请码 ${code}\n请只交给工号 ${shownText(operator)} 本人，${until} 前登记：npm run fund -- key ${code}，或在办事台登记通行密钥\n` +
        '(hand the code to that person alone)',
    );
}

function needsTheOwner(error: unknown): never {
  if (error instanceof DatabaseError && error.code === '42501')
    throw new Refusal(
      '邀请须以数据库属主登录办理：DATABASE_URL 用属主的 (only the login that owns the database invites)',
    );
  throw error;
}

async function registerForCommandLine(code: string, { json }: Output): Promise<void> {
  const made = await onDatabase((pool) => makeKey((key) => registerKey(pool, code, key)), 'worker');
  if (json) console.log(JSON.stringify(made));
  else
    console.log(
      `已登记工号 ${shownText(made.operator)} 的签名密钥 ${made.key}\n私钥在 ${made.file}，请勿交给他人 (registered)`,
    );
}

async function revoke(
  key: string,
  { as: operator, reason, json }: Output & { as: string; reason: string },
): Promise<void> {
  const matter = { what: 'revoke_key', key } as const;
  const standing = await onDatabase(
    (pool) => signFor(pool, matter, { operator, reason }, signWithKeyFile(pool)),
    'worker',
  );
  console.log(json ? JSON.stringify({ key, ...standing }) : jointText(standing, matter));
}
