import type { Chance } from '#demo/random.ts'

type Outcome = 'normal' | 'irregular' | 'violation' | 'doubtful'

/** What units write when they explain an alert, by what it will turn out to be. */
const explanations: Readonly<Record<Outcome, readonly string[]>> = {
  normal: [
    '经核查，该笔支出有年度预算和事前审批，发票、验收单、审批单齐全，业务真实，材料已存档备查。',
    '该事项经单位办公会研究同意，属日常运转必需，价格经三家询价，经办、复核、审批手续完备。',
    '系统提示与实际不符：所购为消防和办公设施耗材，品名相近，附采购清单和入库单。',
    '因工作安排在非工作日开展检查并开具票据，有值班安排表和出差审批单，费用标准未突破。',
  ],
  irregular: [
    '业务真实，但经办人未在备注中写明用途和人员，审批单补签不及时，已当场补齐并提醒经办科室。',
    '支出属实，列支科目选择不当，已申请调账；今后报账前由财务复核科目。',
    '发票开具不规范，清单缺失，已联系销售方补开清单，并在单位内部通报提醒。',
  ],
  violation: [
    '经核查情况属实：经办科室未按规定履行审批程序，单位财务审核把关不严，现已责成退回款项。',
    '情况属实。该费用不应由公款列支，相关人员已退缴，单位已启动内部问责。',
    '经自查，确属将一笔支出拆分报销、规避审批，已暂停经办人报账权限，并准备整改材料。',
    '核查确认重复列支，系交接时单据未核销所致，多付款项正在追回。',
  ],
  doubtful: [
    '该笔款项经办人已调离，原始凭证正在调取，目前只能说明合同履行情况。',
    '对方称货已交付，但单位未找到验收记录，情况有待进一步核实。',
  ],
}

const rectifications = [
  '已将款项全额退回国库，附退款凭证；经办人作书面检查，修订报销审核办法。',
  '已完成调账并收回多付金额，对财务人员开展专题培训，建立报销台账。',
  '相关费用由责任人退缴，单位召开会议通报，并清理同类支出。',
]

const verdictReasons: Readonly<Record<Outcome, readonly string[]>> = {
  normal: [
    '凭证、审批和实物相符，支出合规，认定正常。',
    '说明与佐证材料一致，属系统对品名的误判，认定正常。',
    '费用标准和程序均符合规定，认定正常。',
  ],
  irregular: ['业务真实，手续不完备，认定不规范，已当场纠正。', '列支科目不当，金额不大，认定不规范。'],
  violation: [
    '核查属实，违反财经纪律，认定违规，责成退回并限期整改。',
    '说明不能成立，款项不应由公款承担，认定违规。',
    '程序倒置、审批缺失，认定违规，追回相应金额。',
  ],
  doubtful: ['关键凭证缺失，说明不足以采信，暂列存疑，继续核查。'],
}

export const texts = {
  explanation: (chance: Chance, outcome: Outcome) => chance.pick(explanations[outcome]),
  contact: '财务科，0898-00000000',
  attachment: {
    fileName: '佐证材料.txt',
    content: (number: string) =>
      `预警${number}佐证材料：一、事前审批单；二、发票及明细清单；三、验收单；四、付款凭证。原件存单位财务档案。\n`,
  },
  verified: '已调阅付款凭证、发票及审批材料，并向经办人、验收人了解，业务真实，未发现违规情形。',
  secondExplanation: '补充提交审批单、验收单复印件及付款明细，原说明中的金额已按凭证更正。',
  reason: (chance: Chance, outcome: Outcome) => chance.pick(verdictReasons[outcome]),
  unanswered: '逾期未作说明，经督办仍未提供材料，按现有证据认定违规。',
  sendBack: '说明过于笼统，请补充事前审批单、清单和付款凭证，并写明参加人员。',
  rectification: (chance: Chance) => chance.pick(rectifications),
  rejected: '退款凭证不全，整改措施未落实到人，请补充后再报。',
  confirmed: '已核对退款凭证和整改报告，整改到位，予以办结。',
  exceptionReason: '业务真实且每月发生，手续齐全，经核实无违规风险，申请在期限内不再重复预警。',
  exceptionRefused: '该类支出金额波动较大，仍须逐笔核对，不予设例外。',
  putRight: '已当场纠正，予以办结。',
  handedOn: '涉嫌利用职务便利为特定关系人谋利，超出日常监督核查范围，移送案件监督管理室。',
  held: '涉及监督名单人员，暂缓下发，由本室先行核查。',
  onRecord: '月度分析未见异常，存档。',
  nothingFound: '调阅凭证，审批、清单和付款相符，未发现问题。',
  missedByNone: '收款方注册地址与经办人住址相同，疑似利益关联，现有规则未涉及，转监督检查室了解。',
  missedBy: {
    fiscal: '摘要笼统，调阅附件为购礼品清单，敏感用途规则应当命中，建议补充关键词。',
    invoices: '品名笼统，所附清单为购物卡，关键词规则应当命中，建议补充关键词。',
  },
  requestReason: '该笔支出已列入年度预算并经单位集体研究，合同、验收和审批材料随附，请予核准。',
  requestReleased: '已核对预算指标、合同和审批材料，同意解除暂停。',
  requestRefused: '支付事由与指标用途不符，请调整科目后重新申请。',
  slipReply: '因经办人员外出未能按期答复，现已补报说明；今后指定专人每日查看系统。',
  slipWithdrawn: '经办室已说明情况并抓紧办理，督办单撤回。',
  slipAccepted: '已按要求补报，督办事项办结。',
} as const
