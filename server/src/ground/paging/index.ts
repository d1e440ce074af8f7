export { type Cursor, decodeCursor, encodeCursor, pageOf, pageQuery, totalCap, totalOf } from './cursor.ts'
