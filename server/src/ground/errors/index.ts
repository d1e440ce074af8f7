export {
  definedErrors,
  defineError,
  type ErrorDefinition,
  type FieldFault,
  ProductError,
  type ProductErrorKind,
} from './product-error.ts'
