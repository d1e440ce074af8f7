import { useEffect } from 'react'

/** The ink on the console's light pages. */
const onLight = 'rgba(16, 50, 58, 0.055)'

/**
 * Name, staff number and time over everything, drawers and prints included. Whoever removes the layer in the browser's
 * tools, hides it or changes it, finds it put back.
 */
export function useWatermark(text: string | undefined, ink = onLight): void {
  useEffect(() => {
    if (!text) return
    let layer = place(text, ink)
    const observer = new MutationObserver(() => {
      if (layer.isConnected && layer.outerHTML === intact) return
      observer.disconnect()
      layer.remove()
      layer = place(text, ink)
      watch()
    })
    const watch = () => {
      observer.observe(document.body, { childList: true })
      observer.observe(layer, { attributes: true, childList: true, subtree: true, characterData: true })
    }
    const intact = layer.outerHTML
    watch()
    return () => {
      observer.disconnect()
      layer.remove()
    }
  }, [text, ink])
}

const tileHeight = 220
const fontPixels = 16

function place(text: string, ink: string): HTMLElement {
  const layer = document.createElement('div')
  layer.className = 'watermark'
  layer.setAttribute('aria-hidden', 'true')
  const tile = drawn(text, ink)
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('width', '100%')
  svg.setAttribute('height', '100%')
  svg.innerHTML = `<defs><pattern id="wm" width="${tile.width}" height="${tile.height}" patternUnits="userSpaceOnUse"><image href="${tile.toDataURL()}" width="${tile.width}" height="${tile.height}"/></pattern></defs><rect width="100%" height="100%" fill="url(#wm)"/>`
  layer.append(svg)
  document.body.append(layer)
  return layer
}

/** One tile, as wide as the slanted text needs. */
function drawn(text: string, ink: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  const font = `${fontPixels}px 'Noto Sans SC Variable', 'LXGW WenKai', sans-serif`
  if (pen) pen.font = font
  canvas.width = Math.ceil((pen?.measureText(text).width ?? 300) + 60)
  canvas.height = tileHeight
  if (!pen) return canvas
  // Setting the size has reset the pen.
  pen.font = font
  pen.translate(canvas.width / 2, tileHeight / 2)
  pen.rotate(-Math.PI / 9)
  pen.textAlign = 'center'
  pen.fillStyle = ink
  pen.fillText(text, 0, 0)
  return canvas
}
