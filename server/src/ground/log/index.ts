export { createLog, type Log, quietLog } from './log.ts'
