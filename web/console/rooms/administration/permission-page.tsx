import { Spin, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { usePermissionTable } from './use-role-names.ts'

/** Which role may do what: the table that the server itself decides by. */
export function PermissionPage() {
  const { t } = useTranslation()
  const table = usePermissionTable()
  if (table.isPending) return <Spin className="page-spin" />
  const roles = table.data?.roles ?? []
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('administration.permissionTable')}</h1>
        <span className="note">{t('administration.permissionNote')}</span>
      </div>
      <div className="panel">
        {table.isError ? <ErrorState error={table.error} retry={() => void table.refetch()} /> : null}
        {table.data ? (
          <Table
            size="small"
            rowKey="permission"
            pagination={false}
            sticky
            scroll={{ x: 'max-content' }}
            dataSource={[...table.data.permissions]}
            columns={[
              {
                key: 'what',
                title: t('administration.permission'),
                fixed: 'left',
                width: 260,
                render: (_value, permission) => inLanguage(permission),
              },
              ...roles.map((role) => ({
                key: role.role,
                title: inLanguage(role),
                width: 92,
                align: 'center' as const,
                render: (_value: unknown, permission: { readonly roles: readonly string[] }) =>
                  permission.roles.includes(role.role) ? (
                    <span role="img" aria-label={t('administration.allowed')}>
                      ✓
                    </span>
                  ) : null,
              })),
            ]}
          />
        ) : null}
      </div>
    </div>
  )
}
