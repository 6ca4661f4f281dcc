// The first run: the browser knows its zone, and so its country; whoever is asked may still choose another.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const regions = [...new Set(navigator.languages.map(tag => new Intl.Locale(tag).region).filter(region => region))];
const zonesOf = region => {
  const locale = new Intl.Locale('und', { region });
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
};
for (const select of document.querySelectorAll('select[data-here]')) {
  const choices = [...select.options].map(option => option.value);
  // Where several countries keep one zone, the reader's languages say which.
  const around = () => choices.filter(choice => choice.length === 2 && zonesOf(choice).includes(zone));
  const here = select.dataset.here === 'zone' ? [zone] : [...regions.filter(region => around().includes(region)), ...around(), ...regions];
  const known = here.find(value => choices.includes(value));
  if (known) select.value = known;
}
