import { definePermissions } from '#shared/permissions/index.ts'

export const intakePermissions = definePermissions('intake', {
  read: { zh: '查看数据接入批次', en: 'see intake batches', roles: ['information_officer'] },
  upload: { zh: '上传并核对数据文件', en: 'upload and check data files', roles: ['information_officer'] },
  decide: {
    zh: '处理两路来源不一致的发票',
    en: 'settle invoices on which two sources disagree',
    roles: ['information_officer'],
  },
  load: { zh: '装入和撤销数据批次', en: 'load and undo batches', roles: ['information_officer'] },
  post: {
    zh: '通过接口报送数据',
    en: 'deliver records through the interface',
    roles: ['feed', 'information_officer'],
  },
})
