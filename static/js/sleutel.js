// Says in Dutch why a key did not work; allauth's scripts do the rest.
document.addEventListener('allauth.error', function (event) {
  event.preventDefault()
  const place = document.getElementById('sleutel-fout')
  const name = event.detail.exception.name
  place.textContent = name === 'InvalidStateError'
    ? 'Deze sleutel is al toegevoegd.'
    : name === 'SecurityError' || !window.isSecureContext
      ? 'Sleutels werken alleen via https.'
      : 'De sleutel is niet gebruikt. Probeer het nog een keer, of kies een andere manier.'
  place.hidden = false
})
