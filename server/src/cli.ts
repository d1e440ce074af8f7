import { runCommand } from './house/command-line.ts'

process.exitCode = await runCommand(process.argv)
