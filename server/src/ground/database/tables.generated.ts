// Generated from the migrated schema by `npm run db:types`. Do not edit.
export interface DB {}
