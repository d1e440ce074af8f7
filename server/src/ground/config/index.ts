export { type Config, ConfigError, readConfig } from './config.ts'
export { claimDataFolder } from './data-folder.ts'
export { listeningFault, refuseTakenAddress } from './port.ts'
