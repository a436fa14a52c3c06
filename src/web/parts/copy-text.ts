/** On plain http browsers have no clipboard for pages; the old way still works there. */
export function copyText(text: string): void {
  if (navigator.clipboard) {
    void navigator.clipboard.writeText(text)
    return
  }
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'unseen'
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}
