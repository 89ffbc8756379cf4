-- Who may sign, and what a signature proves. That a signature fits its text is checked where it is recorded and again by `verify`:
-- the database cannot compute it. Everything else about it is refused here, whatever the code does.

-- 双人办理: how long the signature of the first waits for that of the second.
create or replace function fund.joint_term() returns interval language sql immutable as $$ select interval '30 days' $$;

-- Two people have done the same within that time.
create or replace function fund.is_agreed(of_matter text) returns boolean language sql stable as $$
  select exists (
    select from fund.joint_act first join fund.joint_act second using (matter)
    where matter = of_matter and first.operator < second.operator
      and second.done_at between first.done_at - fund.joint_term() and first.done_at + fund.joint_term())
$$;

-- Two of which office act on a matter: what ends a key or a year is for the region's government, everything else for its security bureau
-- (rules/decisions.ts).
create or replace function fund.office_for(of_matter text) returns text language sql immutable as $$
  select case split_part(of_matter, '/', 1) when 'revoke-key' then 'region_government' when 'abandon' then 'region_government'
    else 'region_security' end
$$;

-- The one name of the matter that a key is revoked (rules/keys.ts).
create or replace function fund.is_revoked(of_key text) returns boolean language sql stable as $$
  select fund.is_agreed('revoke-key/' || of_key)
$$;

-- Whether a key may sign now.
create or replace function fund.is_valid(k fund.operator_key) returns boolean language sql stable as $$
  select k.valid_until > now() and not fund.is_revoked(k.key)
$$;

-- An invitation is made by whoever holds the database's owner login.
create or replace function fund.check_invitation() returns trigger language plpgsql as $$
begin
  if fund.is_owner() then return new; end if;
  raise exception '邀请须由数据库属主登录办理 (only the login that owns the database invites)' using errcode = 'restrict_violation';
end $$;
create or replace trigger check_invitation before insert on fund.invitation
  for each row execute function fund.check_invitation();

-- 登记密钥: whoever knows the code of an invitation registers a key for the invited operator. Runs as the owner: nobody else adds keys.
create or replace function fund.register_key(
  code text, of_key text, of_kind text, of_public_key text, of_passkey jsonb
) returns text
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
declare
  invited fund.invitation;
begin
  select * into invited from fund.invitation where code_hash = encode(sha256(convert_to(code, 'UTF8')), 'hex') for update;
  if not found then
    raise exception '没有这个邀请码 (no such invitation)' using errcode = 'restrict_violation';
  end if;
  if exists (select from fund.operator_key where invitation = invited.code_hash) then
    raise exception '邀请码已用过，请另要邀请 (the invitation has been used)' using errcode = 'restrict_violation';
  end if;
  -- Two invitations of one person, used at the same time, take turns.
  perform pg_advisory_xact_lock(hashtextextended('key of ' || invited.operator, 0));
  if invited.expires_at < now() then
    raise exception '邀请码已于 % 过期，请另要邀请 (the invitation has expired)',
      to_char(invited.expires_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') using errcode = 'restrict_violation';
  end if;
  if exists (
    select from fund.operator_key k where k.operator = invited.operator and k.kind = of_kind and k.of_run is null and fund.is_valid(k)
  ) then
    raise exception '工号 % 已有一把有效的同类密钥：先注销旧的，再登记新的 (revoke the valid key of this kind first)', invited.operator
      using errcode = 'restrict_violation';
  end if;
  insert into fund.operator_key (key, operator, kind, public_key, passkey, invitation)
  values (of_key, invited.operator, of_kind, of_public_key, of_passkey, invited.code_hash);
  return invited.operator;
end $$;

-- A simulated year plays its operators with keys of its own, which sign for no other year.
create or replace function fund.register_run_keys(of_year int, operators text[], keys text[], public_keys text[]) returns void
language plpgsql security definer set search_path = pg_catalog, fund, pg_temp as $$
begin
  if not exists (select from fund.fund_year where year = of_year and mode = 'run' and status = 'open') then
    raise exception '% 不是进行中的模拟年度 (no simulated year that is open)', of_year using errcode = 'restrict_violation';
  end if;
  insert into fund.operator_key (key, operator, kind, public_key, of_run)
  select key, operator, 'ed25519', public_key, of_year from unnest(operators, keys, public_keys) as made (operator, key, public_key)
  on conflict (key) do nothing;
end $$;

-- Whether a key may sign now, and whether the columns repeat the text. A signature counts for a day: long enough for work that waits
-- for a server to come back.
create or replace function fund.check_proof() returns trigger language plpgsql as $$
declare
  said jsonb := new.text::jsonb;
  signer fund.operator_key;
  signed_at timestamptz;
begin
  if (said ->> 'nonce', said ->> 'operator', said ->> 'key') is distinct from (new.nonce, new.operator, new.key)
    or said -> 'year' is distinct from coalesce(to_jsonb(new.fund_year), 'null') then
    raise exception '签名文本与所办事项不符 (the signed text is of another act)' using errcode = 'restrict_violation';
  end if;
  select * into signer from fund.operator_key where key = new.key;
  if not found then
    raise exception '没有登记这把密钥，请先登记 (the key is not registered)' using errcode = 'restrict_violation';
  end if;
  if signer.operator <> new.operator then
    raise exception '这把密钥不是工号 % 的 (the key belongs to another operator)', new.operator using errcode = 'restrict_violation';
  end if;
  if signer.of_run is not null and signer.of_run is distinct from new.fund_year then
    raise exception '这把密钥只用于 % 模拟年度 (the key is of a simulated year)', signer.of_run using errcode = 'restrict_violation';
  end if;
  if fund.is_revoked(new.key) then
    raise exception '工号 % 的密钥已注销 (the key is revoked)', new.operator using errcode = 'restrict_violation';
  end if;
  if signer.valid_until < now() then
    raise exception '工号 % 的密钥已于 % 过期 (the key has expired)', new.operator,
      to_char(signer.valid_until at time zone 'Asia/Shanghai', 'YYYY-MM-DD') using errcode = 'restrict_violation';
  end if;
  -- The instant itself: `now` would be one too, at any time.
  if said ->> 'time' ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$' then signed_at := said ->> 'time'; end if;
  if signed_at is null or signed_at not between now() - interval '1 day' and now() + interval '5 minutes' then
    raise exception '签名时间 % 不在有效期内（一天），请重新签名 (signed too long ago, or in the future: sign again)', coalesce(said ->> 'time', '（无）')
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create or replace trigger check_proof before insert on fund.proof for each row execute function fund.check_proof();

-- 须有签名: a row of a live year that a person is responsible for names a proof whose text says what the row says. `said` lists the
-- fields of the text, apart from those of every text and those named in `unseen`, which the row does not keep.
create or replace function fund.must_be_proven(of_year int, of_proof text, said jsonb, unseen text[] default '{}') returns void
language plpgsql as $$
declare
  signed jsonb;
begin
  if of_proof is null then
    if exists (select from fund.fund_year where year = of_year and mode = 'live') then
      raise exception '正式年度的办理须有办理人的签名 (an act in a live year carries its author’s signature)' using errcode = 'restrict_violation';
    end if;
    return;
  end if;
  select text::jsonb into signed from fund.proof where nonce = of_proof;
  if not found or signed - array['form', 'key', 'time', 'nonce'] - unseen
    is distinct from jsonb_strip_nulls(said || jsonb_build_object('year', of_year)) then
    raise exception '签名的内容不是所办的内容 (the signature is under something else)' using errcode = 'restrict_violation';
  end if;
end $$;

create or replace function fund.proven_decision() returns trigger language plpgsql as $$
begin
  perform fund.must_be_proven(new.fund_year, new.proof, jsonb_build_object(
    'task', new.task, 'decision', new.decision, 'figuresHash', new.figures_hash, 'operator', new.operator,
    'version', new.version, 'rowsHash', new.rows_hash, 'document', new.document, 'note', new.note));
  return new;
end $$;
-- By its name after check_decision: what is wrong with the act itself is said first.
create or replace trigger proven_decision before insert on fund.decision for each row execute function fund.proven_decision();

create or replace function fund.proven_extension() returns trigger language plpgsql as $$
begin
  perform fund.must_be_proven(new.fund_year, new.proof, jsonb_build_object(
    'task', 'extend/' || new.area || '/' || new.until, 'decision', 'extend', 'operator', new.operator, 'document', new.document),
    array['figuresHash']);
  return new;
end $$;
create or replace trigger proven_extension before insert on fund.collection_extension
  for each row execute function fund.proven_extension();

-- Of the corrections of an import, all under one signature over its files: one that counts in this transaction alone.
create or replace function fund.proven_correction() returns trigger language plpgsql as $$
begin
  if new.operator = 'system' then return new; end if;
  perform fund.must_be_proven(new.fund_year, new.proof, jsonb_build_object(
    'task', 'correct', 'decision', 'correct', 'operator', new.operator, 'note', new.reason), array['figuresHash']);
  if exists (select from fund.proof where nonce = new.proof and made_xid <> pg_current_xact_id()) then
    raise exception '签名已用于另一次更正，请重新签名 (the signature is under another import)' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create or replace trigger proven_correction before insert on fund.correction
  for each row execute function fund.proven_correction();

-- Both of two people sign; the second is another person. What they sign is of no year, so that no key of a simulated year signs it.
create or replace function fund.proven_joint_act() returns trigger language plpgsql as $$
declare
  signed jsonb;
  why text;
begin
  select text::jsonb into signed from fund.proof where nonce = new.proof and fund_year is null;
  if not found or (signed ->> 'task', signed ->> 'operator', signed ->> 'note') is distinct from (new.matter, new.operator, new.reason) then
    raise exception '签名的内容不是所办的内容 (the signature is under something else)' using errcode = 'restrict_violation';
  end if;
  if new.matter like 'lift-freeze/%' and not exists (
    select from fund.freeze
    where lifted_at is null and new.matter = concat_ws('/', 'lift-freeze', fund_year, from_day, until_day)
  ) then
    raise exception '没有这一冻结期，或已解除 (there is no such freeze)' using errcode = 'restrict_violation';
  end if;
  if not exists (
    select from fund.office_holder h join fund.fund_year y on y.year = h.fund_year
    where h.operator = new.operator and y.status = 'open' and y.mode = 'live'
      and h.role = fund.office_for(new.matter)
  ) then
    raise exception '须由%的两人办理，工号 % 不是其任职人员 (two of that office act)', fund.office(fund.office_for(new.matter), null), new.operator
      using errcode = 'restrict_violation';
  end if;
  if exists (
    select from fund.joint_act
    where (matter, operator) = (new.matter, new.operator) and new.done_at < done_at + fund.joint_term()
  ) then
    raise exception '工号 % 已为此事签名，须由另一人办理 (signed before: somebody else has to)', new.operator using errcode = 'restrict_violation';
  end if;
  if new.matter like 'abandon/%' then
    why := fund.why_not_abandoned(split_part(new.matter, '/', 2)::int);
    if why is not null then
      raise exception '%', why using errcode = 'restrict_violation';
    end if;
  end if;
  return new;
end $$;
create or replace trigger proven_joint_act before insert on fund.joint_act
  for each row execute function fund.proven_joint_act();

revoke execute on function fund.register_key, fund.register_run_keys from public;
grant execute on function fund.register_key, fund.register_run_keys to fund_worker;
