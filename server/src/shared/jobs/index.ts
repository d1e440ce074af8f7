export { createJobs, type JobOptions, type Jobs } from './jobs.ts'
