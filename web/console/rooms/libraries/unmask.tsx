import { EyeOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { ReasonModal } from '../../../kit/index.ts'
import { posted } from './posted.ts'

type Unmasked = components['schemas']['UnmaskedPersons']

/** Full names after a reason was given; forgotten when the page is left. */
export function useUnmasked(path: string) {
  const asked = useMutation({
    mutationFn: (reason: string) => posted<Unmasked>(path, { reason }),
  })
  const persons = new Map(asked.data?.persons.map((person) => [person.key, person]))
  return { ...asked, person: (key: string) => persons.get(key) }
}

export function UnmaskButton({ unmask }: { unmask: ReturnType<typeof useUnmasked> }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button
        size="small"
        className="no-print"
        icon={<EyeOutlined />}
        disabled={unmask.isSuccess}
        onClick={() => setAsking(true)}
      >
        {t('libraries.unmask')}
      </Button>
      {asking && !unmask.isSuccess ? (
        <ReasonModal
          title={t('libraries.unmask')}
          busy={unmask.isPending}
          error={unmask.error}
          onCancel={() => setAsking(false)}
          onReason={(reason) => unmask.mutate(reason)}
        />
      ) : null}
    </>
  )
}
