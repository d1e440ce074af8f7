export {
  creditCodeFault,
  demoDivision,
  type PersonIdFault,
  personIdFault,
  upgradedPersonId,
} from './numbers.ts'
