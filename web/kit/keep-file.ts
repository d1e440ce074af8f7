/** Gives what was answered to the browser to keep, under the name that the server gave it. */
export function keepFile(content: Blob, headers: Headers, otherwise: string): void {
  const name = /filename\*=UTF-8''([^;]+)/.exec(headers.get('content-disposition') ?? '')?.[1]
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = decodeURIComponent(name ?? otherwise)
  link.click()
  URL.revokeObjectURL(link.href)
}
