// What is written in a form with data-draft is kept in this browser, for its member, until the server has it.
const prefix = () => `rapport.draft.${document.body.dataset.member}.`;
const Reach = 4000;
const timers = new WeakMap();

const key = form => prefix() + form.dataset.draft;
const read = name => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
const write = (name, draft) => { try { localStorage.setItem(name, JSON.stringify(draft)); return true; } catch { return false; } };
const forms = () => [...document.querySelectorAll('form[data-draft]')].filter(form => form.dataset.draft);

/** Tokens and passwords are never kept, nor are files. */
const kept = field => field.name && !field.name.startsWith('__') && !field.name.startsWith('_handler') && !['password', 'file', 'submit', 'button'].includes(field.type);

function values(form) {
  return [...form.elements].filter(kept).map(field => [field.name, field.value, ...['checkbox', 'radio'].includes(field.type) ? [field.checked] : []]);
}

function fill(form, saved) {
  for (const [name, value, checked] of saved) {
    const fields = [...form.elements].filter(field => field.name === name && kept(field));
    if (checked === undefined) { if (fields[0]) fields[0].value = value; }
    else for (const field of fields) if (field.value === value) field.checked = checked;
  }
}

function say(form, words, deed) {
  form.querySelector(':scope > .notice[data-draft-notice]')?.remove();
  if (!words) return;
  const notice = Object.assign(document.createElement('div'), { className: 'notice accent', role: 'status', textContent: words });
  notice.dataset.draftNotice = '';
  if (deed) notice.append(Object.assign(document.createElement('button'), { type: 'button', className: 'button small', textContent: deed.text, onclick: deed.run }));
  form.prepend(notice);
}

function save(form, state) {
  return write(key(form), { state, at: location.pathname, fields: values(form) });
}

function forget(form) {
  localStorage.removeItem(key(form));
  say(form, null);
}

/** A line that is up may still not reach the server; a small question tells. */
async function reachable() {
  if (!navigator.onLine) return false;
  try { return (await fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(Reach) })).ok; } catch { return false; }
}

const changed = (form, saved) => JSON.stringify(values(form)) !== JSON.stringify(saved);

/** Only the redirect after a POST proves that the server has it; an error page or the sign-in page does not. */
function arrived() {
  const load = performance.getEntriesByType('navigation')[0];
  return load?.redirectCount > 0 && (load.responseStatus ?? 200) < 400 && !document.querySelector('input[type=password]');
}

function restore() {
  for (const form of forms()) {
    const draft = read(key(form));
    if (!draft || form.dataset.draftSeen !== undefined) continue;
    form.dataset.draftSeen = '';
    const refused = form.querySelector('[aria-invalid="true"], .field-error');
    if (draft.state === 'sent' && !refused && arrived()) { forget(form); continue; }
    // The server shows what was sent to it, and what it was asked to add.
    if (form.dataset.draftAnswer !== undefined) { save(form, 'writing'); continue; }
    if (!changed(form, draft.fields)) continue;
    const before = values(form);
    fill(form, draft.fields);
    say(form, draft.state === 'waiting' ? 'This was written while there was no line.' : 'This is what you had written.',
      { text: 'Discard', run: () => { fill(form, before); forget(form); } });
  }
  // What was sent led to another page: the server has it.
  if (!arrived()) return;
  for (const name of Object.keys(localStorage))
    if (name.startsWith(prefix()) && read(name)?.state === 'sent' && !forms().some(form => key(form) === name)) localStorage.removeItem(name);
}

document.addEventListener('input', event => {
  const form = event.target.form;
  if (!form?.dataset?.draft) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form, 'writing'), 300));
});

document.addEventListener('submit', async event => {
  const form = event.target;
  if (!form.dataset?.draft) return;
  clearTimeout(timers.get(form));
  if (form.dataset.reached !== undefined) { delete form.dataset.reached; save(form, 'sent'); return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await reachable()) {
    form.dataset.reached = '';
    form.requestSubmit(event.submitter);
  } else if (save(form, 'waiting')) say(form, 'No line. This is kept here and sent when the line returns.');
  else say(form, 'No line, and this browser keeps nothing. Leave this page open.');
}, true);

window.addEventListener('online', () => {
  for (const form of forms()) if (read(key(form))?.state === 'waiting') form.requestSubmit();
});

restore();
document.addEventListener('DOMContentLoaded', () => window.Blazor?.addEventListener?.('enhancedload', restore), { once: true });
