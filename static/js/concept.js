// Keeps what someone types in a form with data-draft-key, on the server, every two seconds.
// The page itself puts it back (accounts/services/drafts.py); nothing stays in the browser.
(function () {
  const PAUSE = 2000

  function fieldsOf (form) {
    const fields = {}
    for (const field of form.elements) {
      const skipped = ['hidden', 'password', 'file', 'submit', 'button', 'reset']
      if (!field.name || skipped.includes(field.type)) continue
      if (['checkbox', 'radio'].includes(field.type)) {
        const several = field.type === 'checkbox' && form.querySelectorAll(`[name="${CSS.escape(field.name)}"]`).length > 1
        if (several) fields[field.name] = fields[field.name] || []
        if (!field.checked) continue
        if (several) fields[field.name].push(field.value)
        else fields[field.name] = field.value
      } else if (field.type === 'select-multiple') {
        fields[field.name] = Array.from(field.selectedOptions, option => option.value)
      } else {
        fields[field.name] = field.value
      }
    }
    return fields
  }

  function watch (form) {
    const line = document.querySelector('[data-draft-line]')
    let kept = JSON.stringify(fieldsOf(form))
    let timer = null
    let sent = false

    async function keep () {
      timer = null
      const content = JSON.stringify(fieldsOf(form))
      if (sent || content === kept) return
      const body = new URLSearchParams({ key: form.dataset.draftKey, content })
      const headers = { 'X-CSRFToken': form.elements.csrfmiddlewaretoken.value }
      try {
        const answer = await fetch(form.dataset.draftUrl, { method: 'POST', body, headers, redirect: 'manual', keepalive: content.length < 30000 })
        if (answer.ok) {
          kept = content
          say('')
          document.dispatchEvent(new Event('draft-kept'))
        } else if (answer.type === 'opaqueredirect' || answer.status === 403) {
          say('Je bent uitgelogd. Wat je tot dan toe typte, is bewaard; log in om verder te gaan.')
        } else {
          say((await answer.json()).error)
        }
      } catch {
        say('Geen verbinding: wat je nu typt, wordt nog niet bewaard.')
        plan()
      }
    }

    function plan () {
      if (timer === null) timer = setTimeout(keep, PAUSE)
    }

    function say (text) {
      if (line && line.textContent !== text) line.textContent = text
    }

    form.addEventListener('input', plan)
    form.addEventListener('change', plan)
    form.addEventListener('submit', () => { sent = true; clearTimeout(timer) })
    document.addEventListener('visibilitychange', () => { if (document.hidden) keep() })
    window.addEventListener('pagehide', keep)
  }

  document.addEventListener('DOMContentLoaded', () => {
    document.querySelectorAll('form[data-draft-key]').forEach(watch)
  })
})()
