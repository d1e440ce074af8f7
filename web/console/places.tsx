import { AlertOutlined, DashboardOutlined, ExceptionOutlined } from '@ant-design/icons'
import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode } from 'react'

export interface Place {
  readonly path: string
  /** Key of its title in `shell.places`. */
  readonly title: string
  readonly icon?: ReactNode
  /** Permission that opens it; without one it is open to everybody who is signed in. */
  readonly permission?: string
  /** Whether the side bar lists it; pages of one record are opened from their list. */
  readonly listed: boolean
  readonly page: LazyExoticComponent<ComponentType>
}

/** Every page of the console. The side bar, the tabs and the router are made from this list. */
export const places: readonly Place[] = [
  {
    path: '/',
    title: 'workbench',
    icon: <DashboardOutlined />,
    listed: true,
    page: lazy(() =>
      import('./rooms/workbench/workbench-page.tsx').then((m) => ({ default: m.WorkbenchPage })),
    ),
  },
  {
    path: '/alerts',
    title: 'alerts',
    icon: <AlertOutlined />,
    permission: 'alerts.read',
    listed: true,
    page: lazy(() =>
      import('./rooms/alerts/alert-list-page.tsx').then((m) => ({ default: m.AlertListPage })),
    ),
  },
  {
    path: '/alerts/:alertId',
    title: 'alert',
    permission: 'alerts.read',
    listed: false,
    page: lazy(() => import('./rooms/alerts/alert-page.tsx').then((m) => ({ default: m.AlertPage }))),
  },
  {
    path: '/unit-alerts',
    title: 'unitAlerts',
    icon: <ExceptionOutlined />,
    permission: 'alerts.answer',
    listed: true,
    page: lazy(() =>
      import('./rooms/alerts/unit-alert-list-page.tsx').then((m) => ({ default: m.UnitAlertListPage })),
    ),
  },
  {
    path: '/unit-alerts/:alertId',
    title: 'alert',
    permission: 'alerts.answer',
    listed: false,
    page: lazy(() =>
      import('./rooms/alerts/unit-alert-page.tsx').then((m) => ({ default: m.UnitAlertPage })),
    ),
  },
]
