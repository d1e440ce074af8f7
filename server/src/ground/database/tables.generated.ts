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

export type Numeric = ColumnType<string, number | string, number | string>;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface AlertsAlert {
  alert_id: Generated<string>;
  amount: Numeric;
  amount_fen: Generated<Int8>;
  anchor: string;
  category: string | null;
  closed_at: Timestamp | null;
  counterparty: string | null;
  dispatched_at: Timestamp | null;
  due_on: string | null;
  explained_at: Timestamp | null;
  grade_en: string | null;
  grade_zh: string | null;
  graded_by: number | null;
  handed_on_at: Timestamp | null;
  held_reason: string | null;
  irregularity: string | null;
  judged_at: Timestamp | null;
  judged_by: string | null;
  level: string;
  main_rule: string;
  message_en: string;
  message_zh: string;
  number: string;
  on_date: string;
  on_time: boolean | null;
  org_path: string;
  pack: string;
  person_keys: Generated<string[]>;
  raised_at: Timestamp;
  recovered_amount: Generated<Numeric>;
  rectified_at: Timestamp | null;
  reopened: Generated<number>;
  rules: string[];
  rung: Generated<number>;
  state: Generated<string>;
  state_since: Timestamp;
  term_days: number | null;
  term_from: string | null;
  unit_code: string | null;
  verdict: string | null;
  verdict_reason: string | null;
  version: Generated<number>;
  violation_amount: Numeric | null;
}

export interface AlertsAlertHit {
  alert_id: string;
  amount: Numeric;
  condition: string;
  counterparty: string | null;
  economic_code: string | null;
  evidence: Json;
  evidence_hash: string;
  evidence_version: number;
  hit_id: string;
  invoice_no: Generated<string | null>;
  keys: Json;
  level: string;
  message_en: string;
  message_zh: string;
  on_date: string;
  org_path: string;
  pack: string;
  person_keys: Generated<string[]>;
  raised_at: Timestamp;
  rule: string;
  rule_version: string;
  seen_at: Timestamp;
}

export interface AlertsClue {
  alert_id: string;
  handed_on_at: Timestamp;
  handed_on_by: Generated<string>;
  number: string;
  reason: string;
  taken_back_at: Timestamp | null;
  taken_back_reason: string | null;
}

export interface AlertsEvent {
  actor: string;
  actor_id: Generated<string>;
  alert_id: string;
  at: Timestamp;
  detail: Generated<Json>;
  event_id: Generated<string>;
  files: Generated<string[]>;
  kind: string;
  note: string | null;
  to_unit: boolean;
}

export interface AlertsException {
  alert_id: string;
  alert_number: string;
  annulled: Generated<boolean>;
  approval_no: string | null;
  counterparty: string | null;
  decided_at: Timestamp | null;
  decided_by: string | null;
  economic_code: string | null;
  ended_on: string | null;
  exception_id: Generated<string>;
  number: string;
  org_path: string;
  pack: string;
  person_keys: Generated<string[]>;
  proposed_at: Timestamp;
  proposed_by: Generated<string>;
  reason: string;
  rule: string;
  state: Generated<string>;
  unit_code: string | null;
  valid_from: string;
  valid_to: string;
  version: Generated<number>;
}

export interface AlertsExceptionEvent {
  actor_id: Generated<string>;
  at: Timestamp;
  event_id: Generated<string>;
  exception_id: string;
  kind: string;
  note: string | null;
}

export interface AlertsGrading {
  conditions: string[] | null;
  hit_level: string[] | null;
  level: string;
  min_amount: Numeric | null;
  min_rules: number | null;
  pack: string;
  position: number;
  rules: string[] | null;
  title_en: string;
  title_zh: string;
}

export interface AlertsPack {
  category_evidence: string | null;
  pack: string;
  receivers: Generated<string[]>;
  title_en: string;
  title_zh: string;
  undisclosed_rules: Generated<string[]>;
}

export interface AlertsPackDispatch {
  level: string;
  mode: string;
  pack: string;
}

export interface AlertsPackReader {
  pack: string;
  role: string;
}

export interface AlertsPackTerm {
  level: string;
  pack: string;
  term: string;
  workdays: number;
}

export interface AlertsPlantedRow {
  anchor: string;
  condition: string;
  found_level: string | null;
  level: string;
  note: string;
  on_date: string | null;
  org_path: string;
  pack: string;
  person_keys: string[];
  planted_id: Generated<string>;
  rule: string;
  unit_code: string | null;
}

export interface AlertsSampleDraw {
  cause: string;
  draw_id: Generated<string>;
  drawn_at: Timestamp;
  drawn_by: Generated<string>;
  month: string;
  org_path: string;
  pack: string;
  passed_over: number;
  records: number;
  seed: string;
  size: number;
}

export interface AlertsSampleItem {
  amount: Numeric;
  draw_id: string;
  item_id: Generated<string>;
  judged_at: Timestamp | null;
  judged_by: string | null;
  keys: Json;
  missed_rule: string | null;
  month: string;
  note: string | null;
  on_date: string;
  org_path: string;
  outcome: string | null;
  pack: string;
  person_keys: string[];
  position: number;
  record: Json;
  unit_code: string | null;
  version: Generated<number>;
}

export interface AlertsSampleSize {
  from_month: string;
  pack: string;
  reason: string;
  set_at: Timestamp;
  set_by: Generated<string>;
  size: number;
  size_id: Generated<string>;
}

export interface AlertsSavedView {
  conditions: Json;
  saved_at: Timestamp;
  title: string;
  user_id: string;
  view_id: Generated<string>;
}

export interface AlertsUnitItem {
  alert_id: string;
  amount: Numeric;
  dispatched_at: Timestamp;
  due_on: string | null;
  irregularity: string | null;
  level: string;
  message_en: string;
  message_zh: string;
  number: string;
  on_date: string;
  org_path: string;
  pack: string;
  person_keys: Generated<string[]>;
  recovered_amount: Generated<Numeric>;
  request: string | null;
  rules: string[];
  state: string;
  state_since: Timestamp;
  term_days: number | null;
  term_from: string | null;
  unit_code: string | null;
  verdict: string | null;
  verdict_reason: string | null;
  version: Generated<number>;
  violation_amount: Numeric | null;
}

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

export interface CalendarBaseDay {
  holiday_zh: string | null;
  is_workday: boolean;
  on_date: string;
}

export interface CalendarCorrection {
  correction_id: Generated<string>;
  holiday_zh: string | null;
  is_workday: boolean | null;
  made_at: Generated<Timestamp>;
  made_by: Generated<string>;
  on_date: string;
  reason: string;
}

export interface CalendarDay {
  corrected: boolean;
  holiday_zh: string | null;
  is_workday: boolean;
  on_date: string;
  workday_index: number;
}

export interface CalendarVDay {
  day: string | null;
  holiday_name: string | null;
  is_workday: boolean | null;
  published: boolean | null;
}

export interface CalendarYear {
  published: boolean;
  year: number;
}

export interface ExportsRegister {
  at: Timestamp;
  conditions: Generated<Json>;
  entry_id: Generated<string>;
  form: string;
  mark: string;
  object_id: string | null;
  org_path: Generated<string>;
  purpose: string;
  row_count: number | null;
  state: Generated<string>;
  subject: string;
  user_id: Generated<string>;
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

export interface FiscalPaymentRequest {
  amount: Numeric;
  answer: Json;
  body_hash: string;
  content: Json;
  decision: string;
  explain_by: string | null;
  idempotency_key: string;
  judged_as_of: string;
  level: string | null;
  milliseconds: number;
  org_path: string;
  paid_amount: Numeric | null;
  paid_on: string | null;
  pay_on: string;
  payee_account: string | null;
  payee_kind: string | null;
  payee_name: string | null;
  payment_fault: string | null;
  payment_id: string | null;
  person_keys: string[];
  purpose: string | null;
  request_key: Generated<string>;
  request_no: string;
  requested_at: Timestamp;
  rung: Generated<number>;
  sender: string;
  state: string;
  tied_by: string | null;
  unit_code: string;
  unit_level: string | null;
  version: Generated<number>;
}

export interface FiscalRequestEvent {
  actor_id: string;
  at: Timestamp;
  detail: Generated<Json>;
  event_id: Generated<Int8>;
  kind: string;
  reason: string | null;
  request_key: string;
  side: string;
  to_unit: boolean;
}

export interface FiscalRequestHit {
  amount: Numeric;
  condition: string;
  configuration: number;
  evidence: Json;
  keys: Json;
  level: string;
  message_en: string;
  message_zh: string;
  parameters: Json;
  place: number;
  request_key: string;
  rule: string;
  rule_version: string;
  undisclosed: boolean;
}

export interface FiscalRequestRelease {
  at: Timestamp;
  reason: string;
  released_by: string;
  request_key: string;
  side: string;
}

export interface IdentityAccount {
  created_at: Timestamp;
  created_by: string;
  demo: Generated<boolean>;
  display_name: string;
  mobile_sealed: Buffer | null;
  oidc_subject: string | null;
  organ_code: string | null;
  post: string | null;
  scope: string;
  staff_no: string | null;
  state: Generated<string>;
  state_changed_at: Timestamp;
  unit_code: string | null;
  user_id: Generated<string>;
  username: string;
  username_key: Generated<string>;
}

export interface IdentityApiToken {
  datasets: string[];
  decided_at: Timestamp | null;
  decided_by: string | null;
  expires_at: Timestamp;
  last_used_at: Timestamp | null;
  name: string;
  requested_at: Timestamp;
  requested_by: string;
  revoked_at: Timestamp | null;
  revoked_by: string | null;
  scope: string;
  state: Generated<string>;
  token_hash: Buffer;
  token_id: Generated<string>;
}

export interface IdentityAttempt {
  blocked_until: Timestamp | null;
  failures: number;
  key_hash: Buffer;
  kind: string;
  last_at: Timestamp;
}

export interface IdentityCredential {
  must_change_password: Generated<boolean>;
  password_hash: string | null;
  password_set_at: Timestamp | null;
  totp_confirmed: Generated<boolean>;
  totp_last_step: Int8 | null;
  totp_sealed: Buffer | null;
  user_id: string;
}

export interface IdentityFormerPassword {
  password_hash: string;
  set_at: Timestamp;
  user_id: string;
}

export interface IdentityHandover {
  completed_at: Timestamp | null;
  created_at: Timestamp;
  created_by: string;
  digest: string;
  from_user: string;
  giver_signature: Buffer | null;
  giver_signed_at: Timestamp | null;
  giver_signed_by: string | null;
  handover_id: Generated<string>;
  key_id: string | null;
  reason: string;
  receiver_signature: Buffer | null;
  receiver_signed_at: Timestamp | null;
  scope: string;
  to_user: string;
}

export interface IdentityHandoverItem {
  handover_id: string;
  item_id: string;
  kind: string;
  room: string;
  title: string;
}

export interface IdentityPolicy {
  changed_at: Timestamp;
  changed_by: string;
  reason: string;
  settings: Json;
  version: Generated<number>;
}

export interface IdentityRecoveryCode {
  code_hash: Buffer;
  user_id: string;
}

export interface IdentityRoleHolding {
  decided_at: Timestamp | null;
  decided_by: string | null;
  ended_at: Timestamp | null;
  ended_by: string | null;
  holding_id: Generated<string>;
  reason: string;
  requested_at: Timestamp;
  requested_by: string;
  role: string;
  state: string;
  user_id: string;
  valid_from: Timestamp;
  valid_to: Timestamp | null;
}

export interface IdentitySession {
  absolute_end: Timestamp;
  address: string | null;
  agent: string | null;
  ended_at: Timestamp | null;
  ended_because: string | null;
  last_seen_at: Timestamp;
  session_id: Generated<string>;
  stage: string;
  started_at: Timestamp;
  token_hash: Buffer;
  user_id: string;
}

export interface IntakeBatch {
  batch_id: Generated<string>;
  byte_count: Int8;
  changed_rows: Generated<Int8>;
  dataset: string;
  decided_at: Timestamp | null;
  decided_by: string | null;
  equal_rows: Generated<Int8>;
  file_name: string;
  form: Generated<string>;
  judged_at: Timestamp | null;
  mode: string | null;
  new_rows: Generated<Int8>;
  org_path: Generated<string>;
  posted: Generated<boolean>;
  refused_rows: Int8;
  sha256: string;
  state: string;
  total_rows: Int8;
  uploaded_at: Timestamp;
  uploaded_by: string;
}

export interface IntakeDroppedFile {
  batch_id: string | null;
  byte_count: Int8;
  dropped_id: Generated<string>;
  file_name: string;
  note_en: string | null;
  note_zh: string | null;
  settled_at: Timestamp | null;
  state: string;
  taken_at: Timestamp;
  target: string | null;
}

export interface IntakeDropSighting {
  byte_count: Int8;
  file_name: string;
  modified_at: Timestamp;
  seen_at: Timestamp;
}

export interface IntakeFault {
  batch_id: string;
  column_name: string | null;
  file_name: string | null;
  place: number;
  reason_en: string;
  reason_zh: string;
  row_no: Int8 | null;
  shown_value: string | null;
}

export interface IntakeInvoiceConflict {
  arriving: Json | null;
  batch_id: string;
  conflict_id: Generated<string>;
  decided_at: Timestamp | null;
  decided_by: string | null;
  found_at: Timestamp;
  invoice_code: string;
  invoice_no: string;
  reason: string | null;
  standing: Json | null;
  state: string;
}

export interface IntakePosted {
  answer: Json | null;
  batch_id: Generated<string>;
  body_hash: string;
  idempotency_key: string;
  posted_at: Timestamp;
  sender: string;
  status: number | null;
}

export interface NoticesNotice {
  kind: string;
  link: string;
  notice_id: Generated<string>;
  posted_at: Timestamp;
  read_at: Timestamp | null;
  title_en: string;
  title_zh: string;
  user_id: string;
}

export interface NoticesTextMessage {
  asked_at: Timestamp;
  attempts: Generated<number>;
  body: string;
  fault: string | null;
  message_id: Generated<string>;
  sent_at: Timestamp | null;
  state: Generated<string>;
  user_id: string;
}

export interface OrganisationOrgan {
  closed_on: string | null;
  name: string;
  org_path: Generated<string>;
  organ_code: string;
  parent_code: string | null;
  region_code: string;
}

export interface OrganisationPerson {
  entered_at: Timestamp;
  name: string;
  number_sealed: Buffer;
  person_id: Generated<string>;
  person_key: string;
}

export interface OrganisationPost {
  closed_on: string | null;
  organ_code: string | null;
  post_id: Generated<string>;
  seats: Generated<number>;
  title: string;
  unit_code: string | null;
}

export interface OrganisationPostHolding {
  document_no: string | null;
  ended_at: Timestamp | null;
  ended_by: string | null;
  given_at: Timestamp;
  given_by: string;
  holding_id: Generated<string>;
  person_id: string;
  post_id: string;
  valid_from: string;
  valid_to: string | null;
}

export interface OrganisationRegion {
  name: string;
  org_path: Generated<string>;
  parent_code: string | null;
  region_code: string;
}

export interface OrganisationUnit {
  credit_code: string | null;
  kind: string | null;
  org_path: Generated<string>;
  parent_code: string | null;
  region_code: string;
  successor_code: string | null;
  unit_code: string;
  unit_name: string;
  valid_from: string;
  valid_to: string | null;
}

export interface OrganisationUnitChange {
  became: string | null;
  change_id: Generated<string>;
  document_no: string | null;
  effective_on: string;
  kind: string;
  made_at: Timestamp;
  made_by: string;
  reason: string;
  unit_code: string;
  was: string | null;
}

export interface OrganisationVUnit {
  credit_code: string | null;
  kind: string | null;
  org_path: string | null;
  parent_code: string | null;
  region_code: string | null;
  region_name: string | null;
  successor_code: string | null;
  unit_code: string | null;
  unit_name: string | null;
  valid_from: string | null;
  valid_to: string | null;
}

export interface PermissionsExclusiveRoles {
  other: string;
  role: string;
}

export interface PermissionsKinship {
  kin_key: string;
  person_key: string;
  relation: string;
  source: string;
}

export interface PermissionsPersonOfUser {
  person_key: string;
  user_id: string;
}

export interface RulesComposedRule {
  code: string;
  created_at: Timestamp;
  created_by: Generated<string>;
  dataset: string;
  pack: string;
}

export interface RulesComposedVersion {
  code: string;
  content: Json;
  decided_at: Timestamp | null;
  decided_by: string | null;
  decision: string | null;
  drafted_at: Timestamp;
  drafted_by: Generated<string>;
  end_reason: string | null;
  ended_at: Timestamp | null;
  ended_by: string | null;
  proposed_at: Timestamp | null;
  proposed_by: string | null;
  reason: string | null;
  state: Generated<string>;
  version: number;
}

export interface RulesHit {
  amount: Numeric;
  anchor: string;
  condition: string;
  counterparty: string | null;
  economic_code: string | null;
  evidence: Json;
  evidence_hash: string;
  evidence_version: number;
  first_run: string;
  hit_id: Generated<string>;
  keys: Json;
  last_run: string;
  level: string;
  message_en: string;
  message_zh: string;
  on_date: string;
  pack: string;
  parameters: Json;
  person_keys: string[];
  rule: string;
  rule_version: string;
  suppressed: boolean;
  trial: Generated<boolean>;
  unit_code: string | null;
}

export interface RulesHitDelivery {
  evidence_version: number;
  hit_id: string;
}

export interface RulesHitEvidence {
  amount: Numeric;
  evidence: Json;
  evidence_hash: string;
  evidence_version: number;
  hit_id: string;
  level: string;
  parameters: Json;
  rule_version: string;
  run_id: string;
}

export interface RulesProposal {
  base_version: number;
  before: Json;
  content: Json;
  decided_at: Timestamp | null;
  decided_by: string | null;
  decision: string | null;
  effective_from: string;
  kind: string;
  object: string;
  proposal_id: Generated<string>;
  proposed_at: Timestamp;
  proposed_by: Generated<string>;
  reason: string;
  state: Generated<string>;
}

export interface RulesReplay {
  fault: string | null;
  finished_at: Timestamp | null;
  pack: string;
  percent: Generated<number>;
  period_from: string;
  period_to: string;
  replay_id: Generated<string>;
  requested_at: Timestamp;
  rule: string;
  side_a: Json;
  side_b: Json;
  stage: string | null;
  started_at: Timestamp | null;
  started_by: Generated<string>;
  state: Generated<string>;
}

export interface RulesReplayHit {
  amount_a: Numeric | null;
  amount_b: Numeric | null;
  changed: boolean;
  condition_a: string | null;
  condition_b: string | null;
  level_a: string | null;
  level_b: string | null;
  message_en: string;
  message_zh: string;
  on_date: string;
  org_path: string;
  outcome: string;
  person_keys: string[];
  position: number;
  record: string;
  replay_id: string;
  unit_code: string | null;
  verdict: string | null;
}

export interface RulesRun {
  as_of: string;
  cause: string;
  finished_at: Timestamp;
  milliseconds: number;
  pack: string;
  run_id: Generated<string>;
  started_by: string;
}

export interface RulesRunRule {
  configuration: Generated<number>;
  error: string | null;
  hits: number;
  milliseconds: number;
  missing: string[];
  mode: Generated<string>;
  parameters: Json;
  rows_read: Int8;
  rule: string;
  rule_version: string;
  run_id: string;
  state: string;
  suppressed: number;
}

export interface RulesShipped {
  content: Json;
  kind: string;
  object: string;
  valid_from: string;
}

export interface RulesVersion {
  approved_at: Timestamp;
  content: Json;
  kind: string;
  object: string;
  proposal_id: string;
  valid_from: string;
  version: number;
}

export interface RulesVersionSpan {
  approved_at: Timestamp | null;
  content: Json | null;
  kind: string | null;
  object: string | null;
  proposal_id: string | null;
  valid_from: string | null;
  valid_to: string | null;
  version: number | null;
}

export interface SubjectsWatchPost {
  org_path: string;
  person_id: string;
  person_key: string;
  person_name: string;
  post: string | null;
  rank: string | null;
  unit_code: string;
  valid_from: string;
  valid_to: string | null;
}

export interface SubjectsWatchRelative {
  person_key: string;
  relation: string;
  relative_id: string;
  relative_key: string;
  relative_name: string;
  valid_from: string;
  valid_to: string | null;
}

export interface SuperviseSlip {
  addressee_roles: string[];
  closed_at: Timestamp | null;
  demand: string;
  due_on: string;
  issued_at: Timestamp;
  issued_by: Generated<string>;
  issued_on: string;
  link: string;
  number: string;
  org_path: string;
  person_keys: Generated<string[]>;
  replied_at: Timestamp | null;
  replied_by: string | null;
  reply: string | null;
  reply_files: Generated<string[]>;
  room: string;
  rung: Generated<number>;
  slip_id: Generated<string>;
  state: Generated<string>;
  subject_id: string;
  subject_title: string;
  supervisor_roles: string[];
  term_days: number;
  version: Generated<number>;
}

export interface SuperviseSlipEvent {
  actor_id: Generated<string>;
  at: Timestamp;
  event_id: Generated<string>;
  kind: string;
  note: string | null;
  slip_id: string;
}

export interface DB {
  "alerts.alert": AlertsAlert;
  "alerts.alert_hit": AlertsAlertHit;
  "alerts.clue": AlertsClue;
  "alerts.event": AlertsEvent;
  "alerts.exception": AlertsException;
  "alerts.exception_event": AlertsExceptionEvent;
  "alerts.grading": AlertsGrading;
  "alerts.pack": AlertsPack;
  "alerts.pack_dispatch": AlertsPackDispatch;
  "alerts.pack_reader": AlertsPackReader;
  "alerts.pack_term": AlertsPackTerm;
  "alerts.planted_row": AlertsPlantedRow;
  "alerts.sample_draw": AlertsSampleDraw;
  "alerts.sample_item": AlertsSampleItem;
  "alerts.sample_size": AlertsSampleSize;
  "alerts.saved_view": AlertsSavedView;
  "alerts.unit_item": AlertsUnitItem;
  "audit.checkpoint": AuditCheckpoint;
  "audit.entry": AuditEntry;
  "audit.leaf": AuditLeaf;
  "audit.unsealed": AuditUnsealed;
  "calendar.base_day": CalendarBaseDay;
  "calendar.correction": CalendarCorrection;
  "calendar.day": CalendarDay;
  "calendar.v_day": CalendarVDay;
  "calendar.year": CalendarYear;
  "exports.register": ExportsRegister;
  "files.file": FilesFile;
  "fiscal.payment_request": FiscalPaymentRequest;
  "fiscal.request_event": FiscalRequestEvent;
  "fiscal.request_hit": FiscalRequestHit;
  "fiscal.request_release": FiscalRequestRelease;
  "identity.account": IdentityAccount;
  "identity.api_token": IdentityApiToken;
  "identity.attempt": IdentityAttempt;
  "identity.credential": IdentityCredential;
  "identity.former_password": IdentityFormerPassword;
  "identity.handover": IdentityHandover;
  "identity.handover_item": IdentityHandoverItem;
  "identity.policy": IdentityPolicy;
  "identity.recovery_code": IdentityRecoveryCode;
  "identity.role_holding": IdentityRoleHolding;
  "identity.session": IdentitySession;
  "intake.batch": IntakeBatch;
  "intake.drop_sighting": IntakeDropSighting;
  "intake.dropped_file": IntakeDroppedFile;
  "intake.fault": IntakeFault;
  "intake.invoice_conflict": IntakeInvoiceConflict;
  "intake.posted": IntakePosted;
  "notices.notice": NoticesNotice;
  "notices.text_message": NoticesTextMessage;
  "organisation.organ": OrganisationOrgan;
  "organisation.person": OrganisationPerson;
  "organisation.post": OrganisationPost;
  "organisation.post_holding": OrganisationPostHolding;
  "organisation.region": OrganisationRegion;
  "organisation.unit": OrganisationUnit;
  "organisation.unit_change": OrganisationUnitChange;
  "organisation.v_unit": OrganisationVUnit;
  "permissions.exclusive_roles": PermissionsExclusiveRoles;
  "permissions.kinship": PermissionsKinship;
  "permissions.person_of_user": PermissionsPersonOfUser;
  "rules.composed_rule": RulesComposedRule;
  "rules.composed_version": RulesComposedVersion;
  "rules.hit": RulesHit;
  "rules.hit_delivery": RulesHitDelivery;
  "rules.hit_evidence": RulesHitEvidence;
  "rules.proposal": RulesProposal;
  "rules.replay": RulesReplay;
  "rules.replay_hit": RulesReplayHit;
  "rules.run": RulesRun;
  "rules.run_rule": RulesRunRule;
  "rules.shipped": RulesShipped;
  "rules.version": RulesVersion;
  "rules.version_span": RulesVersionSpan;
  "subjects.watch_post": SubjectsWatchPost;
  "subjects.watch_relative": SubjectsWatchRelative;
  "supervise.slip": SuperviseSlip;
  "supervise.slip_event": SuperviseSlipEvent;
}
