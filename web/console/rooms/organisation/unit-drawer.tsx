import { Drawer, Spin } from 'antd'
import { ErrorState } from '../../../kit/index.ts'
import { UnitContent } from './unit-content.tsx'
import { useUnit } from './use-unit.ts'

/** One unit beside the list that it was found in. */
export function UnitDrawer({ unitCode, onClose }: { unitCode: string; onClose: () => void }) {
  const unit = useUnit(unitCode)
  return (
    <Drawer open size={820} title={unit.data?.unitName ?? unitCode} onClose={onClose}>
      {unit.isPending ? <Spin className="page-spin" /> : null}
      {unit.isError ? <ErrorState error={unit.error} /> : null}
      {unit.data ? <UnitContent unit={unit.data} /> : null}
    </Drawer>
  )
}
