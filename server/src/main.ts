import { runServer } from './house/run-server.ts'

process.exitCode = await runServer(process.argv.slice(2), process.env)
