export { type Fen, fenOf, groupedYuan, yuanOf } from './fen.ts'
