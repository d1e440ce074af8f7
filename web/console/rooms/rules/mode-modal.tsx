import { Radio, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '../../language.ts'
import { ProposeModal } from './propose-modal.tsx'
import { type RuleDetail, type RuleMode, ruleModes } from './rule.ts'

/** Puts a rule on trial, makes it count, or lets it rest: a change like any other, to be approved by another person. */
export function ModeModal({ rule, onClose }: { rule: RuleDetail; onClose: () => void }) {
  const { t } = useTranslation()
  const [mode, setMode] = useState<RuleMode>(rule.newestMode === 'trial' ? 'live' : 'trial')
  const parameters = Object.fromEntries(rule.parameters.map(({ name, newest }) => [name, newest]))
  return (
    <ProposeModal
      title={t('rules.modeOf', { rule: `${rule.code} ${inLanguage(rule.title)}` })}
      planned={rule.coming?.validFrom}
      draft={() => ({
        kind: 'rule',
        object: rule.code,
        baseVersion: rule.newestVersion,
        content: { mode, parameters },
      })}
      onClose={onClose}
    >
      <Radio.Group value={mode} onChange={({ target }) => setMode(target.value)} style={{ marginBottom: 16 }}>
        <Space orientation="vertical">
          {ruleModes.map((choice) => (
            <Radio key={choice} value={choice} disabled={choice === rule.newestMode}>
              {t(`rules.modes.${choice}`)}
              <div className="muted">{t(`rules.modeMeans.${choice}`)}</div>
            </Radio>
          ))}
        </Space>
      </Radio.Group>
    </ProposeModal>
  )
}
