/** The query, read only: comments quiet, parameters marked. */
export function RuleSql({ sql }: { sql: string }) {
  return (
    <pre className="source sql">
      {sql.split(/(--[^\n]*|\$\w+)/).map((part, place) => {
        const key = `${place} ${part.slice(0, 20)}`
        if (part.startsWith('--'))
          return (
            <span key={key} className="muted">
              {part}
            </span>
          )
        if (/^\$\w+$/.test(part)) return <b key={key}>{part}</b>
        return <span key={key}>{part}</span>
      })}
    </pre>
  )
}
