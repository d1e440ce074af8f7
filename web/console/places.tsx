import {
  AccountBookOutlined,
  AlertOutlined,
  ApartmentOutlined,
  ApiOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  CalendarOutlined,
  ClusterOutlined,
  ControlOutlined,
  DashboardOutlined,
  DiffOutlined,
  ExceptionOutlined,
  FieldTimeOutlined,
  FileDoneOutlined,
  FileSearchOutlined,
  FilterOutlined,
  FundOutlined,
  HistoryOutlined,
  IdcardOutlined,
  ImportOutlined,
  LockOutlined,
  OrderedListOutlined,
  PercentageOutlined,
  PrinterOutlined,
  SafetyCertificateOutlined,
  StopOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode } from 'react'

/** The groups of the side bar, from top to bottom. */
export const placeGroups = ['work', 'rules', 'base', 'administration'] as const

export interface Place {
  readonly path: string
  /** Key of its title in `shell.places`. */
  readonly title: string
  readonly icon?: ReactNode
  /** Permission that opens it; without one it is open to everybody who is signed in. */
  readonly permission?: string
  /** Where the side bar lists it; pages of one record are opened from their list and have none. */
  readonly group?: (typeof placeGroups)[number]
  readonly page: LazyExoticComponent<ComponentType>
}

/** Every page of the console. The side bar, the tabs and the router are made from this list. */
export const places: readonly Place[] = [
  {
    path: '/',
    title: 'workbench',
    icon: <DashboardOutlined />,
    group: 'work',
    page: lazy(() =>
      import('./rooms/workbench/workbench-page.tsx').then((m) => ({ default: m.WorkbenchPage })),
    ),
  },
  {
    path: '/alerts',
    title: 'alerts',
    icon: <AlertOutlined />,
    permission: 'alerts.read',
    group: 'work',
    page: lazy(() =>
      import('./rooms/alerts/alert-list-page.tsx').then((m) => ({ default: m.AlertListPage })),
    ),
  },
  {
    path: '/alerts/:alertId',
    title: 'alert',
    permission: 'alerts.read',
    page: lazy(() => import('./rooms/alerts/alert-page.tsx').then((m) => ({ default: m.AlertPage }))),
  },
  {
    path: '/alerts/:alertId/request',
    title: 'request',
    permission: 'alerts.export',
    page: lazy(() => import('./rooms/alerts/request-page.tsx').then((m) => ({ default: m.RequestPage }))),
  },
  {
    path: '/unit-alerts',
    title: 'unitAlerts',
    icon: <ExceptionOutlined />,
    permission: 'alerts.answer',
    group: 'work',
    page: lazy(() =>
      import('./rooms/alerts/unit-alert-list-page.tsx').then((m) => ({ default: m.UnitAlertListPage })),
    ),
  },
  {
    path: '/unit-alerts/:alertId',
    title: 'alert',
    permission: 'alerts.answer',
    page: lazy(() =>
      import('./rooms/alerts/unit-alert-page.tsx').then((m) => ({ default: m.UnitAlertPage })),
    ),
  },
  {
    path: '/boards/fiscal',
    title: 'fiscalBoard',
    icon: <FundOutlined />,
    permission: 'alerts.read',
    group: 'work',
    page: lazy(() => import('./rooms/boards/board-page.tsx').then((m) => ({ default: m.FiscalBoardPage }))),
  },
  {
    path: '/boards/invoices',
    title: 'invoiceBoard',
    icon: <BarChartOutlined />,
    permission: 'alerts.read',
    group: 'work',
    page: lazy(() => import('./rooms/boards/board-page.tsx').then((m) => ({ default: m.InvoiceBoardPage }))),
  },
  {
    path: '/payment-requests',
    title: 'paymentRequests',
    icon: <AccountBookOutlined />,
    permission: 'fiscal.read',
    group: 'work',
    page: lazy(() =>
      import('./rooms/fiscal/request-list-page.tsx').then((m) => ({ default: m.RequestListPage })),
    ),
  },
  {
    path: '/payment-requests/:requestKey',
    title: 'paymentRequest',
    permission: 'fiscal.read',
    page: lazy(() => import('./rooms/fiscal/request-page.tsx').then((m) => ({ default: m.RequestPage }))),
  },
  {
    path: '/unit-payment-requests',
    title: 'unitPaymentRequests',
    icon: <AccountBookOutlined />,
    permission: 'fiscal.explain',
    group: 'work',
    page: lazy(() =>
      import('./rooms/fiscal/request-list-page.tsx').then((m) => ({ default: m.UnitRequestListPage })),
    ),
  },
  {
    path: '/unit-payment-requests/:requestKey',
    title: 'paymentRequest',
    permission: 'fiscal.explain',
    page: lazy(() => import('./rooms/fiscal/request-page.tsx').then((m) => ({ default: m.UnitRequestPage }))),
  },
  {
    path: '/exceptions',
    title: 'exceptions',
    icon: <StopOutlined />,
    permission: 'exceptions.read',
    group: 'work',
    page: lazy(() =>
      import('./rooms/exceptions/exceptions-page.tsx').then((m) => ({ default: m.ExceptionsPage })),
    ),
  },
  {
    path: '/supervision',
    title: 'supervision',
    icon: <FieldTimeOutlined />,
    permission: 'supervise.read',
    group: 'work',
    page: lazy(() => import('./rooms/supervision/slips-page.tsx').then((m) => ({ default: m.SlipsPage }))),
  },
  {
    path: '/handovers',
    title: 'handovers',
    icon: <SwapOutlined />,
    group: 'work',
    page: lazy(() =>
      import('./rooms/handovers/handovers-page.tsx').then((m) => ({ default: m.HandoversPage })),
    ),
  },
  {
    path: '/intake',
    title: 'intake',
    icon: <ImportOutlined />,
    permission: 'intake.read',
    group: 'work',
    page: lazy(() => import('./rooms/intake/batches-page.tsx').then((m) => ({ default: m.BatchesPage }))),
  },
  {
    path: '/intake/new',
    title: 'intakeNew',
    permission: 'intake.upload',
    page: lazy(() => import('./rooms/intake/upload-page.tsx').then((m) => ({ default: m.UploadPage }))),
  },
  {
    path: '/intake/:batchId',
    title: 'intakeBatch',
    permission: 'intake.read',
    page: lazy(() => import('./rooms/intake/batch-page.tsx').then((m) => ({ default: m.BatchPage }))),
  },
  {
    path: '/libraries/invoices',
    title: 'invoiceLibrary',
    icon: <FileDoneOutlined />,
    permission: 'invoices.read',
    group: 'base',
    page: lazy(() =>
      import('./rooms/libraries/invoice-library-page.tsx').then((m) => ({ default: m.InvoiceLibraryPage })),
    ),
  },
  {
    path: '/libraries/invoices/:invoiceCode/:invoiceNo',
    title: 'invoice',
    permission: 'invoices.read',
    page: lazy(() => import('./rooms/libraries/invoice-page.tsx').then((m) => ({ default: m.InvoicePage }))),
  },
  {
    path: '/libraries/watch-list',
    title: 'watchList',
    icon: <IdcardOutlined />,
    permission: 'subjects.search',
    group: 'base',
    page: lazy(() =>
      import('./rooms/libraries/watch-list-page.tsx').then((m) => ({ default: m.WatchListPage })),
    ),
  },
  {
    path: '/libraries/enterprises',
    title: 'enterpriseLibrary',
    icon: <BankOutlined />,
    permission: 'invoices.read',
    group: 'base',
    page: lazy(() =>
      import('./rooms/libraries/enterprise-library-page.tsx').then((m) => ({
        default: m.EnterpriseLibraryPage,
      })),
    ),
  },
  {
    path: '/libraries/enterprises/:creditCode',
    title: 'enterprise',
    permission: 'invoices.read',
    page: lazy(() =>
      import('./rooms/libraries/enterprise-page.tsx').then((m) => ({ default: m.EnterprisePage })),
    ),
  },
  {
    path: '/intake-drop',
    title: 'intakeDrop',
    permission: 'intake.read',
    page: lazy(() => import('./rooms/intake/drop-page.tsx').then((m) => ({ default: m.DropPage }))),
  },
  {
    path: '/invoice-conflicts',
    title: 'invoiceConflicts',
    permission: 'intake.read',
    page: lazy(() => import('./rooms/intake/conflicts-page.tsx').then((m) => ({ default: m.ConflictsPage }))),
  },
  {
    path: '/invoice-conflicts/:conflictId',
    title: 'invoiceConflict',
    permission: 'intake.read',
    page: lazy(() => import('./rooms/intake/conflict-page.tsx').then((m) => ({ default: m.ConflictPage }))),
  },
  {
    path: '/rules',
    title: 'rules',
    icon: <ControlOutlined />,
    permission: 'rules.read',
    group: 'rules',
    page: lazy(() => import('./rooms/rules/rules-page.tsx').then((m) => ({ default: m.RulesPage }))),
  },
  {
    path: '/rules/:code',
    title: 'rule',
    permission: 'rules.read',
    page: lazy(() => import('./rooms/rules/rule-page.tsx').then((m) => ({ default: m.RulePage }))),
  },
  {
    path: '/rule-quality',
    title: 'ruleQuality',
    icon: <PercentageOutlined />,
    permission: 'alerts.read_sample',
    group: 'rules',
    page: lazy(() =>
      import('./rooms/quality/rule-quality-page.tsx').then((m) => ({ default: m.RuleQualityPage })),
    ),
  },
  {
    path: '/sample-items',
    title: 'sampleItems',
    icon: <FileSearchOutlined />,
    permission: 'alerts.read_sample',
    group: 'rules',
    page: lazy(() =>
      import('./rooms/quality/sample-items-page.tsx').then((m) => ({ default: m.SampleItemsPage })),
    ),
  },
  {
    path: '/sample-items/:itemId',
    title: 'sampleItem',
    permission: 'alerts.read_sample',
    page: lazy(() =>
      import('./rooms/quality/sample-item-page.tsx').then((m) => ({ default: m.SampleItemPage })),
    ),
  },
  {
    path: '/keywords',
    title: 'keywords',
    icon: <TagsOutlined />,
    permission: 'rules.read',
    group: 'rules',
    page: lazy(() => import('./rooms/rules/keywords-page.tsx').then((m) => ({ default: m.KeywordsPage }))),
  },
  {
    path: '/decision-tables',
    title: 'decisionTables',
    icon: <OrderedListOutlined />,
    permission: 'rules.read',
    group: 'rules',
    page: lazy(() =>
      import('./rooms/rules/decision-tables-page.tsx').then((m) => ({ default: m.DecisionTablesPage })),
    ),
  },
  {
    path: '/rule-proposals',
    title: 'ruleProposals',
    icon: <DiffOutlined />,
    permission: 'rules.read',
    group: 'rules',
    page: lazy(() => import('./rooms/rules/proposals-page.tsx').then((m) => ({ default: m.ProposalsPage }))),
  },
  {
    path: '/composed-rules',
    title: 'composed',
    icon: <FilterOutlined />,
    permission: 'rules.read_composed',
    group: 'base',
    page: lazy(() =>
      import('./rooms/rules/composed-rules-page.tsx').then((m) => ({ default: m.ComposedRulesPage })),
    ),
  },
  {
    path: '/composed-rules/new',
    title: 'composedNew',
    permission: 'rules.compose',
    page: lazy(() =>
      import('./rooms/rules/composed-rule-editor-page.tsx').then((m) => ({
        default: m.ComposedRuleEditorPage,
      })),
    ),
  },
  {
    path: '/composed-rules/:code',
    title: 'composedRule',
    permission: 'rules.read_composed',
    page: lazy(() =>
      import('./rooms/rules/composed-rule-page.tsx').then((m) => ({ default: m.ComposedRulePage })),
    ),
  },
  {
    path: '/composed-rules/:code/edit',
    title: 'composedEdit',
    permission: 'rules.compose',
    page: lazy(() =>
      import('./rooms/rules/composed-rule-editor-page.tsx').then((m) => ({
        default: m.ComposedRuleEditorPage,
      })),
    ),
  },
  {
    path: '/rule-replays',
    title: 'replays',
    icon: <HistoryOutlined />,
    permission: 'rules.read_replays',
    group: 'base',
    page: lazy(() => import('./rooms/rules/replays-page.tsx').then((m) => ({ default: m.ReplaysPage }))),
  },
  {
    path: '/rule-replays/new',
    title: 'replayNew',
    permission: 'rules.replay',
    page: lazy(() => import('./rooms/rules/new-replay-page.tsx').then((m) => ({ default: m.NewReplayPage }))),
  },
  {
    path: '/rule-replays/:replayId',
    title: 'replay',
    permission: 'rules.read_replays',
    page: lazy(() => import('./rooms/rules/replay-page.tsx').then((m) => ({ default: m.ReplayPage }))),
  },
  {
    path: '/organisation',
    title: 'organisation',
    icon: <ClusterOutlined />,
    permission: 'organisation.read',
    group: 'base',
    page: lazy(() =>
      import('./rooms/organisation/organisation-page.tsx').then((m) => ({ default: m.OrganisationPage })),
    ),
  },
  {
    path: '/units/:unitCode',
    title: 'unit',
    permission: 'organisation.read',
    page: lazy(() => import('./rooms/organisation/unit-page.tsx').then((m) => ({ default: m.UnitPage }))),
  },
  {
    path: '/people/:personId',
    title: 'person',
    permission: 'organisation.read_people',
    page: lazy(() => import('./rooms/organisation/person-page.tsx').then((m) => ({ default: m.PersonPage }))),
  },
  {
    path: '/units',
    title: 'units',
    icon: <ApartmentOutlined />,
    permission: 'organisation.read',
    group: 'base',
    page: lazy(() => import('./rooms/organisation/units-page.tsx').then((m) => ({ default: m.UnitsPage }))),
  },
  {
    path: '/calendar',
    title: 'calendar',
    icon: <CalendarOutlined />,
    group: 'base',
    page: lazy(() => import('./rooms/calendar/calendar-page.tsx').then((m) => ({ default: m.CalendarPage }))),
  },
  {
    path: '/accounts',
    title: 'accounts',
    icon: <TeamOutlined />,
    permission: 'identity.read_accounts',
    group: 'administration',
    page: lazy(() =>
      import('./rooms/administration/accounts-page.tsx').then((m) => ({ default: m.AccountsPage })),
    ),
  },
  {
    path: '/roles',
    title: 'roles',
    icon: <AuditOutlined />,
    permission: 'identity.read_accounts',
    group: 'administration',
    page: lazy(() =>
      import('./rooms/administration/role-holdings-page.tsx').then((m) => ({ default: m.RoleHoldingsPage })),
    ),
  },
  {
    path: '/permissions',
    title: 'permissions',
    icon: <SafetyCertificateOutlined />,
    permission: 'identity.read_accounts',
    group: 'administration',
    page: lazy(() =>
      import('./rooms/administration/permission-page.tsx').then((m) => ({ default: m.PermissionPage })),
    ),
  },
  {
    path: '/identity-policy',
    title: 'identityPolicy',
    icon: <LockOutlined />,
    permission: 'identity.read_policy',
    group: 'administration',
    page: lazy(() =>
      import('./rooms/administration/policy-page.tsx').then((m) => ({ default: m.PolicyPage })),
    ),
  },
  {
    path: '/api-tokens',
    title: 'apiTokens',
    icon: <ApiOutlined />,
    permission: 'identity.read_tokens',
    group: 'administration',
    page: lazy(() =>
      import('./rooms/administration/tokens-page.tsx').then((m) => ({ default: m.TokensPage })),
    ),
  },
  {
    path: '/audit',
    title: 'audit',
    icon: <FileSearchOutlined />,
    permission: 'audit.read',
    group: 'administration',
    page: lazy(() => import('./rooms/audit/audit-page.tsx').then((m) => ({ default: m.AuditPage }))),
  },
  {
    path: '/exports',
    title: 'exports',
    icon: <PrinterOutlined />,
    permission: 'exports.read',
    group: 'administration',
    page: lazy(() => import('./rooms/exports/register-page.tsx').then((m) => ({ default: m.RegisterPage }))),
  },
  {
    path: '/me',
    title: 'own',
    page: lazy(() => import('./rooms/own/own-account-page.tsx').then((m) => ({ default: m.OwnAccountPage }))),
  },
]
