export { buildConsole } from './house/console.ts'
export { type House, openHouse } from './house/house.ts'
