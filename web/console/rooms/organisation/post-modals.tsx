import { Form, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client } from '../../../kit/index.ts'
import { ActModal, DayField, DocumentAndReason, shanghaiToday } from './act-modal.tsx'

type Post = components['schemas']['Post']
type Holding = components['schemas']['PostHolding']
export type PostPlace = { readonly unitCode: string } | { readonly organCode: string }

export function NewPostModal({ place, onClose }: { place: PostPlace; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <ActModal<{ title: string; seats: number }>
      title={t('organisation.newPost')}
      initial={{ seats: 1 }}
      act={(values) => answered(client.POST('/api/v1/posts', { body: { ...place, ...values } }))}
      onClose={onClose}
    >
      <Form.Item
        name="title"
        label={t('organisation.post')}
        rules={[{ required: true, whitespace: true, message: t('organisation.missing') }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="seats" label={t('organisation.seats')}>
        <InputNumber min={1} max={200} precision={0} />
      </Form.Item>
    </ActModal>
  )
}

export function GivePostModal({ post, onClose }: { post: Post; onClose: () => void }) {
  const { t } = useTranslation()
  const required = [{ required: true, whitespace: true, message: t('organisation.missing') }]
  return (
    <ActModal<components['schemas']['NewPostHolding']>
      title={`${t('organisation.givePost')} · ${post.title}`}
      initial={{ validFrom: shanghaiToday() }}
      act={(body) =>
        answered(
          client.POST('/api/v1/posts/{postId}/holdings', {
            params: { path: { postId: post.postId } },
            body: filled(body),
          }),
        )
      }
      onClose={onClose}
    >
      <Form.Item name="name" label={t('organisation.name')} rules={required}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="number" label={t('organisation.number')} rules={required}>
        <Input maxLength={18} autoComplete="off" />
      </Form.Item>
      <Form.Item name="validFrom" label={t('organisation.from')} rules={required}>
        <DayField />
      </Form.Item>
      <DocumentAndReason />
    </ActModal>
  )
}

export function EndPostModal(props: { post: Post; holding: Holding; onClose: () => void }) {
  const { t } = useTranslation()
  const { post, holding } = props
  return (
    <ActModal<components['schemas']['PostHoldingEnd']>
      title={`${t('organisation.endPost')} · ${post.title} ${holding.name}`}
      danger
      initial={{ validTo: shanghaiToday() }}
      act={(body) =>
        answered(
          client.POST('/api/v1/post-holdings/{holdingId}/end', {
            params: { path: { holdingId: holding.holdingId } },
            body: filled(body),
          }),
        )
      }
      onClose={props.onClose}
    >
      <Form.Item
        name="validTo"
        label={t('organisation.lastDay')}
        rules={[{ required: true, message: t('organisation.missing') }]}
      >
        <DayField />
      </Form.Item>
      <DocumentAndReason />
    </ActModal>
  )
}

export function ClosePostModal({ post, onClose }: { post: Post; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <ActModal<components['schemas']['PostClosing']>
      title={`${t('organisation.closePost')} · ${post.title}`}
      note={t('organisation.closePostNote')}
      danger
      initial={{ closedOn: shanghaiToday() }}
      act={(body) =>
        answered(
          client.POST('/api/v1/posts/{postId}/close', { params: { path: { postId: post.postId } }, body }),
        )
      }
      onClose={onClose}
    >
      <Form.Item
        name="closedOn"
        label={t('organisation.effectiveOn')}
        rules={[{ required: true, message: t('organisation.missing') }]}
      >
        <DayField />
      </Form.Item>
      <DocumentAndReason document={false} />
    </ActModal>
  )
}

/** A number of a document that was not given is not sent. */
function filled<Body extends { documentNo?: string | undefined }>({ documentNo, ...body }: Body) {
  return { ...body, ...(documentNo ? { documentNo } : {}) } as Omit<Body, 'documentNo'> & {
    documentNo?: string
  }
}
