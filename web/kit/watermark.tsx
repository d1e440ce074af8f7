import { useEffect } from 'react'

/**
 * Name, staff number and time over everything, drawers and prints included. Whoever removes the layer in the browser's
 * tools finds it put back.
 */
export function useWatermark(text: string | undefined): void {
  useEffect(() => {
    if (!text) return
    let layer = place(text)
    const observer = new MutationObserver(() => {
      if (layer.isConnected && layer.style.cssText === '' && layer.className === 'watermark') return
      layer.remove()
      layer = place(text)
    })
    observer.observe(document.body, { childList: true, subtree: false, attributes: false })
    const attributes = new MutationObserver(() => {
      if (layer.className !== 'watermark') layer.className = 'watermark'
    })
    attributes.observe(layer, { attributes: true, attributeFilter: ['class', 'hidden'] })
    return () => {
      observer.disconnect()
      attributes.disconnect()
      layer.remove()
    }
  }, [text])
}

function place(text: string): HTMLElement {
  const layer = document.createElement('div')
  layer.className = 'watermark'
  layer.setAttribute('aria-hidden', 'true')
  const canvas = document.createElement('canvas')
  canvas.width = 360
  canvas.height = 220
  const pen = canvas.getContext('2d')
  if (pen) {
    pen.translate(180, 110)
    pen.rotate(-Math.PI / 9)
    pen.textAlign = 'center'
    pen.fillStyle = 'rgba(16, 50, 58, 0.055)'
    pen.font = "16px 'Noto Sans SC Variable', sans-serif"
    pen.fillText(text, 0, 0)
  }
  const image = document.createElement('img')
  image.alt = ''
  image.src = canvas.toDataURL()
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('width', '100%')
  svg.setAttribute('height', '100%')
  svg.innerHTML = `<defs><pattern id="wm" width="360" height="220" patternUnits="userSpaceOnUse"><image href="${image.src}" width="360" height="220"/></pattern></defs><rect width="100%" height="100%" fill="url(#wm)"/>`
  layer.append(svg)
  document.body.append(layer)
  return layer
}
