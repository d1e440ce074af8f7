import { ApartmentOutlined, BankOutlined, EnvironmentOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Checkbox, Skeleton, Tree } from 'antd'
import { type Key, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState } from '../../../kit/index.ts'

export type OrganisationNode = components['schemas']['OrganisationNode']

interface Branch {
  readonly key: string
  readonly node: OrganisationNode
  readonly isLeaf: boolean
  children?: Branch[]
}

type Regions = { readonly items: readonly components['schemas']['Region'][] }
type Nodes = { readonly items: readonly OrganisationNode[] }

const icons = { region: EnvironmentOutlined, organ: BankOutlined, unit: ApartmentOutlined }
const keyOf = ({ kind, code }: OrganisationNode) => `${kind}:${code}`
const branchOf = (node: OrganisationNode): Branch => ({ key: keyOf(node), node, isLeaf: !node.expandable })

/** The tree, of which every node asks for its children when it is opened first. */
export function OrganisationTree(props: {
  chosen: string | undefined
  /** The division that is opened, with those above it: where what is chosen stands. */
  reveal: string | undefined
  onChoose: (node: OrganisationNode) => void
}) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [withClosed, setWithClosed] = useState(false)
  const [expanded, setExpanded] = useState<readonly Key[]>([])
  const [children, setChildren] = useState<ReadonlyMap<string, readonly OrganisationNode[]>>(new Map())
  const ask = (node?: OrganisationNode) =>
    queries.fetchQuery({
      queryKey: ['organisation', 'tree', node?.kind, node?.code],
      queryFn: () =>
        answered<Nodes>(
          client.GET('/api/v1/organisation/tree', {
            params: { query: node ? { kind: node.kind, code: node.code } : {} },
          }),
        ),
      staleTime: 30_000,
    })
  const open = async (node: OrganisationNode) => {
    const { items } = await ask(node)
    setChildren((before) => new Map(before).set(keyOf(node), items))
  }
  const root = useQuery({
    queryKey: ['organisation', 'root'],
    queryFn: async () => {
      const { items } = await ask()
      for (const node of items) await open(node)
      setExpanded(items.map(keyOf))
      return items
    },
  })
  const regions = useQuery({
    queryKey: ['regions'],
    queryFn: () => answered<Regions>(client.GET('/api/v1/regions')),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { reveal } = props
  useEffect(() => {
    if (!root.data || !regions.data || !reveal) return
    const above = chain(regions.data.items, reveal)
    setExpanded((before) => [...new Set([...before, ...above.map((code) => `region:${code}`)])])
  }, [root.data, regions.data, reveal])
  const build = (nodes: readonly OrganisationNode[]): Branch[] =>
    nodes
      .filter((node) => withClosed || node.state === 'open')
      .map((node) => {
        const below = children.get(keyOf(node))
        return below ? { ...branchOf(node), children: build(below) } : branchOf(node)
      })
  if (root.isError) return <ErrorState error={root.error} retry={() => void root.refetch()} />
  if (!root.data) return <Skeleton active paragraph={{ rows: 8 }} />
  const selected: Key[] = props.chosen ? [`unit:${props.chosen}`, `organ:${props.chosen}`] : []
  return (
    <>
      <Checkbox
        className="tree-switch"
        checked={withClosed}
        onChange={({ target }) => setWithClosed(target.checked)}
      >
        {t('organisation.withClosed')}
      </Checkbox>
      <Tree<Branch>
        blockNode
        showIcon
        treeData={build(root.data)}
        expandedKeys={[...expanded]}
        onExpand={setExpanded}
        selectedKeys={selected}
        loadData={({ node }) => (children.has(keyOf(node)) ? Promise.resolve() : open(node))}
        onSelect={(_keys, { node }) => props.onChoose(node.node)}
        icon={(branch) => {
          const Icon = icons[(branch as unknown as Branch).node.kind]
          return <Icon />
        }}
        titleRender={({ node }) => (
          <span className={node.state === 'open' ? undefined : 'muted'}>
            {node.name}
            {node.units > 0 ? <span className="muted tabular"> {node.units}</span> : null}
            {node.state === 'open' ? null : ` · ${t(`organisation.states.${node.state}`)}`}
          </span>
        )}
      />
    </>
  )
}

/** A division and those above it. */
function chain(regions: Regions['items'], code: string): string[] {
  const found = regions.find(({ regionCode }) => regionCode === code)
  if (!found) return []
  return [...(found.parentCode ? chain(regions, found.parentCode) : []), code]
}
