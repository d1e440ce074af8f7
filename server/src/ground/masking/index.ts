export {
  isPersonal,
  maskedName,
  maskedNumber,
  maskedPersonal,
  maskedTaxpayer,
  maskedText,
} from './masking.ts'
