// Single keys: / searches, n notes a conversation, ? shows them all. Never while someone types, and
// only for who left them on (WCAG 2.1.4). What a key does stands in the page, as data-key.
(function () {
  const list = document.getElementById('toetsen')
  if (!list) return
  const TYPING = 'input:not([type="checkbox"], [type="radio"], [type="submit"], [type="button"]), textarea, select, [contenteditable]'

  // The row that has the focus goes before the page, and the page before the list of keys.
  function behind (key) {
    const row = document.activeElement.closest('tr, li')
    if (key === 'n' && row && row.querySelector('a[data-note]')) return row.querySelector('a[data-note]')
    const search = key === '/' && document.querySelector('main input[type="search"]')
    const named = `[data-key="${CSS.escape(key)}"]`
    return search || document.querySelector(`main ${named}`) || list.querySelector(named)
  }

  function submit (event) {
    const button = event.target.form && event.target.form.querySelector('[data-key="Ctrl+Enter"]')
    if (!button) return
    event.preventDefault()
    event.target.form.requestSubmit(button)
  }

  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.repeat || event.isComposing) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return submit(event)
    const held = event.ctrlKey || event.metaKey || event.altKey
    if (held || list.dataset.keys !== 'on' || event.target.closest(TYPING)) return
    if (document.querySelector('[role="alertdialog"]:not([hidden])')) return
    if (event.key === '?') {
      list.togglePopover()
      if (list.matches(':popover-open')) list.querySelector('h2').focus()
      return
    }
    const found = behind(event.key)
    if (!found) return
    event.preventDefault()
    if (found.matches('input')) found.focus()
    else found.click()
  })
})()
