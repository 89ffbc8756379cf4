/** Whose key signs, and what was signed. */
import type { Site } from '../../signing/passkey';
import type { Role } from '../../rules/vocabulary';
import type { Table, View } from './table';

export interface SigningTables {
  invitation: Table<
    {
      code_hash: string; // SHA-256, hex
      operator: string;
      invited_by: string;
      invited_at: string;
      expires_at: string;
    },
    'invited_at' | 'expires_at'
  >;
  operator_key: Table<
    {
      key: string;
      operator: string;
      kind: 'ed25519' | 'passkey';
      public_key: string;
      passkey: Site | null;
      of_run: number | null;
      invitation: string | null;
      registered_at: string;
      valid_until: string;
    },
    'registered_at' | 'valid_until'
  >;
  proof: Table<
    {
      nonce: string;
      fund_year: number | null;
      operator: string;
      key: string;
      text: string;
      signature: string;
      made_xid: string;
      recorded_at: string;
    },
    'made_xid' | 'recorded_at'
  >;
  appointment: Table<
    {
      fund_year: number;
      matter: string;
      operator: string;
      name: string;
      role: Role;
      area: string | null;
      until: string | null;
      made_at: string;
    },
    'made_at'
  >;
  office_holder: View<{
    fund_year: number;
    operator: string;
    name: string;
    role: Role;
    area: string | null;
    appointed_at: string;
    until: string | null;
  }>;
  joint_act: Table<
    {
      matter: string;
      operator: string;
      reason: string;
      proof: string;
      done_at: string;
    },
    'done_at'
  >;
}
