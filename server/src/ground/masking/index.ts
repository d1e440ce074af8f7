export { maskedName, maskedNumber, maskedPersonal, maskedText } from './masking.ts'
