// Generated from the migrated schema by `npm run db:types`. Do not edit.
import type { ColumnType } from "kysely";

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
  "audit.entry": AuditEntry;
  "files.file": FilesFile;
}
