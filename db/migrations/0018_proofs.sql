-- 签名: whose key signs, and what was signed. An act in a live year is recorded with the proof of its author; nothing here is ever
-- deleted.

-- 邀请: lets an operator register a key, once, within 72 hours. The code itself is known to the invited person alone.
create table fund.invitation (
  code_hash  text primary key check (code_hash ~ '^[0-9a-f]{64}$'),
  operator   text not null check (operator <> ''),
  invited_by text not null check (invited_by <> ''),   -- the operator who did, or the owner's login
  invited_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '72 hours'
);

create table fund.operator_key (
  key           text primary key check (key <> ''),    -- a fingerprint of the public key; of a passkey, its credential id
  operator      text not null check (operator <> ''),
  kind          text not null check (kind in ('ed25519', 'passkey')),
  public_key    text not null check (public_key <> ''), -- base64url: SPKI of Ed25519, COSE of a passkey
  passkey       jsonb check ((kind = 'passkey') = (passkey is not null)),  -- for which site it was made: rpId, origin
  of_run        int references fund.fund_year,          -- made by a simulated year for itself; null: registered by a person
  invitation    text unique references fund.invitation,
  registered_at timestamptz not null default now(),
  valid_until   timestamptz not null default now() + interval '3 years',
  check ((of_run is null) = (invitation is not null))
);
create index operator_key_by_operator on fund.operator_key (operator);

create table fund.proof (
  nonce       text primary key check (length(nonce) >= 16),
  fund_year   int references fund.fund_year,           -- null: of no year
  operator    text not null,
  key         text not null references fund.operator_key,
  text        text not null check (jsonb_typeof(text::jsonb) = 'object'), -- what was signed, to the letter
  signature   text not null check (signature <> ''),
  made_xid    xid8 not null default pg_current_xact_id(),
  recorded_at timestamptz not null default now()
);
create index proof_by_year on fund.proof (fund_year);

-- 双人办理: what takes effect once two people have done it.
create table fund.joint_act (
  matter   text not null check (matter <> ''),
  operator text not null,
  reason   text not null,
  proof    text not null unique references fund.proof,
  done_at  timestamptz not null default now(),
  primary key (matter, operator),
  constraint reason_says_something check (fund.says_something(reason))
);

alter table fund.decision add column proof text unique references fund.proof;
alter table fund.collection_extension add column proof text unique references fund.proof;
alter table fund.correction add column proof text references fund.proof; -- one signature for all corrections of an import

grant select on fund.invitation, fund.operator_key, fund.proof, fund.joint_act to fund_worker, fund_reader;
grant insert on fund.invitation, fund.proof, fund.joint_act to fund_worker;
