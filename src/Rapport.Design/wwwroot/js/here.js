// The first run: the browser knows which zone it is in, the server can only guess. Whoever is asked may still choose another.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const select of document.querySelectorAll('select[data-here="zone"]'))
  if ([...select.options].some(option => option.value === zone)) select.value = zone;
