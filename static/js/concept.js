// Keeps what someone types in a form with components/_typed.html, on the server, every two seconds.
// The page itself puts it back (accounts/typed.py); nothing stays in the browser. A hidden field
// that says which version was seen is kept too: who types on tomorrow hears what changed meanwhile.
(function () {
  const PAUSE = 2000
  const NOT_TYPED = ['typed', 'csrfmiddlewaretoken']

  function fieldsOf (form) {
    const fields = {}
    for (const field of form.elements) {
      const skipped = ['password', 'file', 'submit', 'button', 'reset']
      if (!field.name || NOT_TYPED.includes(field.name) || skipped.includes(field.type)) continue
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

  function watch (key) {
    const form = key.form
    const line = form.querySelector('[data-draft-line]')
    let kept = JSON.stringify(fieldsOf(form))
    let timer = null
    let sent = false
    let busy = false

    async function keep (leaving) {
      timer = null
      const content = JSON.stringify(fieldsOf(form))
      if (sent || content === kept) return
      if (busy && !leaving) return plan() // what was sent first arrives first
      busy = true
      const body = new URLSearchParams({ key: key.value, content })
      const headers = { 'X-CSRFToken': form.elements.csrfmiddlewaretoken.value }
      try {
        const answer = await fetch(key.dataset.draftUrl, { method: 'POST', body, headers, redirect: 'manual', keepalive: content.length < 30000 })
        if (answer.ok) {
          kept = content
          say((await answer.json()).kept ? '' : 'Dit formulier is al opgeslagen. Laad de pagina opnieuw om iets nieuws te schrijven.')
          document.dispatchEvent(new Event('draft-kept'))
        } else if (answer.type === 'opaqueredirect' || answer.status === 403) {
          say('Je bent uitgelogd. Wat je tot dan toe typte, is bewaard; log in om verder te gaan.')
        } else {
          say((await answer.json()).error)
        }
      } catch {
        say('Geen verbinding: wat je nu typt, wordt nog niet bewaard.')
        plan()
      } finally {
        busy = false
      }
    }

    function plan () {
      if (timer === null) timer = setTimeout(() => keep(false), PAUSE)
    }

    function say (text) {
      if (line && line.textContent !== text) line.textContent = text
    }

    form.addEventListener('input', plan)
    form.addEventListener('change', plan)
    form.addEventListener('submit', () => { sent = true; clearTimeout(timer) })
    document.addEventListener('visibilitychange', () => { if (document.hidden) keep(true) })
    window.addEventListener('pagehide', () => keep(true))
    window.addEventListener('pageshow', event => { if (event.persisted) sent = false })
  }

  document.addEventListener('DOMContentLoaded', () => {
    document.querySelectorAll('input[data-draft-url]').forEach(watch)
  })
})()
