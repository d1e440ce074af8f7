import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'

type Detail = components['schemas']['RuleExceptionDetail']
type Step = 'approve' | 'refuse' | 'withdraw' | 'end' | 'annul'

/** What may be done with it now; the server decides. Who proposed it never approves it. */
export function ExceptionSteps({ exception }: { exception: Detail }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const take = useStep(exception.exceptionId)
  const [approvalNo, setApprovalNo] = useState('')
  const [words, setWords] = useState('')
  const steps = openSteps(exception, may(session, 'exceptions.decide'))
  if (steps.length === 0) return null
  const ready = (step: Step) =>
    step === 'approve' ? approvalNo.trim().length >= 2 : words.trim().length >= 2
  return (
    <Form layout="vertical">
      {steps.includes('approve') ? (
        <Form.Item
          label={t('exceptions.approvalNo')}
          htmlFor="exception-approval"
          extra={t('exceptions.approvalHint')}
        >
          <Input
            id="exception-approval"
            maxLength={60}
            value={approvalNo}
            onChange={({ target }) => setApprovalNo(target.value)}
          />
        </Form.Item>
      ) : null}
      <Form.Item label={t('exceptions.words')} htmlFor="exception-words">
        <Input.TextArea
          id="exception-words"
          rows={3}
          maxLength={1000}
          showCount
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
      </Form.Item>
      {take.isError ? <ErrorState error={take.error} /> : null}
      <Space wrap style={{ marginTop: 12 }}>
        {steps.map((step, index) => (
          <Button
            key={step}
            type={index === 0 ? 'primary' : 'default'}
            danger={step === 'annul'}
            disabled={!ready(step)}
            loading={take.isPending && take.variables?.step === step}
            onClick={() => take.mutate({ step, approvalNo, words })}
          >
            {t(`exceptions.steps.${step}`)}
          </Button>
        ))}
      </Space>
    </Form>
  )
}

function openSteps({ standing, own }: Detail, mayDecide: boolean): readonly Step[] {
  if (standing === 'proposed' && own) return ['withdraw']
  if (standing === 'proposed' && mayDecide) return ['approve', 'refuse']
  if (standing === 'in_force' && mayDecide) return ['end', 'annul']
  return []
}

function useStep(exceptionId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ step, approvalNo, words }: { step: Step; approvalNo: string; words: string }) => {
      const params = { path: { exceptionId } }
      const note = words.trim()
      if (step === 'approve') {
        const body = { approvalNo: approvalNo.trim(), ...(note ? { note } : {}) }
        return answered(client.POST('/api/v1/exceptions/{exceptionId}/approve', { params, body }))
      }
      if (step === 'end' || step === 'annul') {
        const body = { reason: note, annulled: step === 'annul' }
        return answered(client.POST('/api/v1/exceptions/{exceptionId}/end', { params, body }))
      }
      return answered(
        client.POST(`/api/v1/exceptions/{exceptionId}/${step}`, { params, body: { reason: note } }),
      )
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['exceptions'] }),
  })
}
