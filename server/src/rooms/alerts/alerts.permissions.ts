import { definePermissions } from '#shared/permissions/index.ts'

/** Who reads what is narrowed further by the packs' readers and the tree, in the database. */
export const alertsPermissions = definePermissions('alerts', {
  read: {
    zh: '查看预警',
    en: 'see alerts',
    roles: [
      'principal',
      'deputy',
      'conduct_officer',
      'supervision_officer',
      'finance_supervisor',
      'case_manager',
    ],
  },
  dispatch: {
    zh: '下发、暂缓和退回预警',
    en: 'dispatch, hold and send back alerts',
    roles: ['conduct_officer', 'supervision_officer', 'finance_supervisor'],
  },
  judge: {
    zh: '认定预警并确认整改',
    en: 'judge alerts and confirm rectifications',
    roles: ['conduct_officer', 'supervision_officer', 'finance_supervisor'],
  },
  hand_on: {
    zh: '移送问题线索',
    en: 'hand alerts on as clues',
    roles: ['conduct_officer', 'supervision_officer', 'deputy', 'principal'],
  },
  take_back: {
    zh: '退回已移送的线索',
    en: 'give back what was handed on',
    roles: ['case_manager'],
  },
  reopen: { zh: '重新打开已办结预警', en: 'reopen closed alerts', roles: ['deputy', 'principal'] },
  export: {
    zh: '导出和打印预警',
    en: 'export and print alerts',
    roles: ['conduct_officer', 'supervision_officer', 'finance_supervisor', 'deputy', 'principal'],
  },
  read_sample: {
    zh: '查看规则质量和抽样复核',
    en: 'see the quality of rules and the monthly samples',
    roles: ['principal', 'deputy', 'conduct_officer', 'supervision_officer', 'finance_supervisor'],
  },
  judge_sample: {
    zh: '复核抽样记录',
    en: 'judge records of the monthly samples',
    roles: ['conduct_officer', 'supervision_officer', 'finance_supervisor'],
  },
  draw_sample: {
    zh: '发起月度抽样',
    en: 'draw a monthly sample',
    roles: ['conduct_officer', 'supervision_officer', 'finance_supervisor', 'deputy', 'principal'],
  },
  set_sample: { zh: '调整抽样数量', en: 'set the size of the samples', roles: ['deputy', 'principal'] },
  answer: {
    zh: '查看并答复本单位预警',
    en: "see and answer one's own unit's alerts",
    roles: ['unit_finance', 'unit_head'],
  },
})
