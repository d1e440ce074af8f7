import type { HttpServer } from '#ground/http/index.ts'

interface Operation {
  readonly summary?: string
  readonly tags?: readonly string[]
}

/**
 * `/api/openapi.json` for programs and `/api/docs` for people: the same contract, without any outside asset.
 * @param demo whether the page says that its data are invented, as every page of a demo does
 */
export function apiDocsRoutes(server: HttpServer, demo: boolean): void {
  const open = { config: { permission: 'public' }, schema: { hide: true } } as const
  server.get('/api/openapi.json', open, () => server.swagger())
  server.get('/api/docs', open, (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(page(server.swagger(), demo)),
  )
}

const ribbon = '<div class="demo-ribbon">演示 · 数据均为虚构 · Demo, invented data</div>'

function page(contract: { paths?: Record<string, unknown> }, demo: boolean): string {
  const rows = Object.entries(contract.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, Operation>).map(([method, operation]) => ({
      path,
      method,
      operation,
    })),
  )
  const groups = Map.groupBy(rows, ({ operation }) => operation.tags?.[0] ?? '—')
  const sections = [...groups].map(
    ([tag, entries]) =>
      `<h2>${escaped(tag)}</h2><table>${entries
        .map(
          ({ path, method, operation }) =>
            `<tr><td><b>${method.toUpperCase()}</b></td><td><code>${escaped(path)}</code></td><td>${escaped(operation.summary ?? '')}</td></tr>`,
        )
        .join('')}</table>`,
  )
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>清风 API</title>
<style>body{font:14px/1.6 system-ui,sans-serif;max-width:960px;margin:32px auto;padding:0 16px;color:#1b2228}
td{padding:4px 16px 4px 0;vertical-align:top;border-top:1px solid #e6eef0}table{border-collapse:collapse;width:100%}code{color:#0f5e6b}
.demo-ribbon{background:#fff4db;color:#8a4b00;text-align:center;font-size:12px}</style>
${demo ? ribbon : ''}<h1>清风接口 · Qingfeng API</h1><p><a href="/api/openapi.json">OpenAPI 3.1</a></p>${sections.join('')}</html>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
