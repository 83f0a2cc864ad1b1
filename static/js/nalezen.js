// The words of a text are one stop for the tab key; the arrows walk from word to word, space or
// enter makes one black (enter would send the form). Without this every word is a stop of its own,
// and all the rest is the same.
(function () {
  // A key that is pressed twice decides once, and nothing of a text that nobody can have read yet.
  const UNREAD = 400 // milliseconds
  const opened = performance.now()
  const form = document.querySelector('main form[method="post"]')
  let sent = false
  if (form) {
    form.addEventListener('submit', event => {
      if (sent) event.preventDefault()
      else sent = true
    })
  }
  window.addEventListener('keydown', event => {
    if (performance.now() - opened < UNREAD && ['v', 'd'].includes(event.key)) event.stopPropagation()
  }, true)
  window.addEventListener('pageshow', () => { sent = false })

  const text = document.querySelector('.words .said-words')
  const boxes = text ? [...text.querySelectorAll('input[type="checkbox"]')] : []
  if (!boxes.length) return
  const leftwards = getComputedStyle(text).direction === 'rtl'

  function stopAt (box) {
    boxes.forEach(one => { one.tabIndex = one === box ? 0 : -1 })
  }

  function ahead (key, at) {
    if (key === 'Home') return 0
    if (key === 'End') return boxes.length - 1
    if (key === (leftwards ? 'ArrowLeft' : 'ArrowRight')) return Math.min(at + 1, boxes.length - 1)
    if (key === (leftwards ? 'ArrowRight' : 'ArrowLeft')) return Math.max(at - 1, 0)
    return null
  }

  stopAt(boxes.find(box => box.checked) || boxes[0])
  text.addEventListener('focusin', event => { if (boxes.includes(event.target)) stopAt(event.target) })
  text.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      event.target.click()
      return
    }
    const to = ahead(event.key, boxes.indexOf(event.target))
    if (to === null || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    boxes[to].focus()
  })
})()
