// Generated from the migrated schema by `npm run db:types`. Do not edit.
import type { ColumnType } from "kysely";

export type ArrayType<T> = ArrayTypeImpl<T> extends (infer U)[]
  ? U[]
  : ArrayTypeImpl<T>;

export type ArrayTypeImpl<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S[], I[], U[]>
  : T[];

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Int8 = ColumnType<string, bigint | number | string, bigint | number | string>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface AuditCheckpoint {
  frontier: ArrayType<Buffer>;
  key_id: string;
  root_hash: Buffer;
  sealed_at: Timestamp;
  signature: Buffer;
  suite: string;
  tree_size: Int8;
}

export interface AuditEntry {
  action: string;
  actor_id: string;
  actor_roles: string;
  actor_scope: string;
  address: string | null;
  at: Generated<Timestamp>;
  detail: Generated<Json>;
  entry_id: Generated<string>;
  object_id: string | null;
  object_kind: string | null;
  outcome: Generated<string>;
  purpose: string | null;
  session_id: string | null;
  unit_code: string | null;
}

export interface AuditLeaf {
  entry_id: string;
  leaf_hash: Buffer;
  leaf_index: Int8;
}

export interface AuditUnsealed {
  entry_id: string;
}

export interface FilesFile {
  byte_count: Int8;
  file_id: Generated<string>;
  file_name: string;
  media_type: string;
  org_path: string;
  sha256: string;
  uploaded_at: Generated<Timestamp>;
  uploaded_by: string;
}

export interface DB {
  "audit.checkpoint": AuditCheckpoint;
  "audit.entry": AuditEntry;
  "audit.leaf": AuditLeaf;
  "audit.unsealed": AuditUnsealed;
  "files.file": FilesFile;
}
