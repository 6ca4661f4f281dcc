// Choosing a party by typing, proposals behind a sign in a text, and hints on what is typed. All ask the server for HTML; without it the form works as it is.
const Wait = 140;
const timers = new WeakMap();
const asking = new WeakMap();

function later(key, deed) {
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(deed, Wait));
}

/** The newest answer wins: an older question is dropped. Null when there is no answer. */
async function ask(key, url) {
  asking.get(key)?.abort();
  const question = new AbortController();
  asking.set(key, question);
  try {
    const answer = await fetch(url, { signal: question.signal, headers: { accept: 'text/html' } });
    return answer.ok ? await answer.text() : null;
  } catch { return null; }
}

const parts = input => {
  const picker = input.closest('[data-picker]');
  return { value: picker.querySelector('input[type=hidden]'), list: picker.querySelector('[role=listbox]') };
};
const options = list => [...list.querySelectorAll('[role=option]')];
/** In a text, what stands between its sign and the caret. */
const behind = text => new RegExp(`(?<![\\p{L}\\p{N}])[${text.dataset.suggestFor}]([\\p{L}\\p{N}-]+(?: \\p{L}+)?)$`, 'u').exec(text.value.slice(0, text.selectionStart));
const wordsOf = input => (input.dataset.suggestFor ? behind(input)?.[1] ?? '' : input.value).trim();
const expand = (input, open) => { if (!input.dataset.suggestFor) input.setAttribute('aria-expanded', String(open)); };

function close(input) {
  parts(input).list.hidden = true;
  expand(input, false);
  input.removeAttribute('aria-activedescendant');
}

function choose(input, index) {
  const { list } = parts(input);
  options(list).forEach((option, i) => {
    option.id ||= `${list.id}-${i}`;
    option.ariaSelected = String(i === index);
    if (i !== index) return;
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  });
}

function take(input, option) {
  if (input.dataset.suggestFor) {
    const at = behind(input)?.index;
    close(input);
    if (at === undefined || !option?.dataset.label) return;
    input.setRangeText(option.dataset.label, at, input.selectionStart, 'end');
    input.dispatchEvent(new Event('input', { bubbles: true }));
    return;
  }
  const { value } = parts(input);
  value.value = option.dataset.value ?? '';
  input.value = option.dataset.label ?? option.textContent.trim();
  close(input);
  value.dispatchEvent(new Event('change', { bubbles: true }));
}

async function suggest(input) {
  const words = wordsOf(input), to = input.form?.elements['Input.To']?.value;
  const { list } = parts(input);
  if (words === '') { close(input); return; }
  const html = await ask(input, input.dataset.suggestUrl + encodeURIComponent(words) + (to ? `&to=${encodeURIComponent(to)}` : ''));
  if (html === null || wordsOf(input) !== words || document.activeElement !== input) return;
  list.innerHTML = html;
  list.hidden = list.childElementCount === 0;
  expand(input, !list.hidden);
  choose(input, input.dataset.suggestFor ? 0 : -1);
}

async function hint(box, form) {
  const query = new URLSearchParams();
  for (const name of box.dataset.hintFields.split(' ')) {
    const value = new FormData(form).get(name);
    if (typeof value === 'string' && value.trim() !== '') query.set(name, value);
  }
  if ([...query].length === 0) { box.replaceChildren(); return; }
  const url = box.dataset.hintUrl;
  const html = await ask(box, url + (url.includes('?') ? '&' : '?') + query);
  if (html !== null) box.innerHTML = html.trim();
}

function hintsFor(field) {
  if (!field.form || !field.name) return;
  for (const box of field.form.querySelectorAll('[data-hint-url]'))
    if (box.dataset.hintFields.split(' ').includes(field.name)) later(box, () => hint(box, field.form));
}

document.addEventListener('input', event => {
  const field = event.target;
  if (field.matches?.('[data-suggest-url]')) {
    const { value } = parts(field);
    if (value) value.value = '';
    later(field, () => suggest(field));
  }
  hintsFor(field);
});

document.addEventListener('change', event => {
  if (event.target.matches?.('select, input[type=hidden]')) hintsFor(event.target);
});

document.addEventListener('keydown', event => {
  const input = event.target;
  if (!input.matches?.('[data-suggest-url]') || event.isComposing) return;
  const { list } = parts(input);
  const sign = input.dataset.suggestFor;
  if (list.hidden) {
    // Whoever types faster than proposals come has the first.
    if (sign && event.key === 'Tab' && wordsOf(input)) { event.preventDefault(); clearTimeout(timers.get(input)); suggest(input).then(() => take(input, options(list)[0])); }
    return;
  }
  const all = options(list);
  const at = all.findIndex(option => option.ariaSelected === 'true');
  if (event.key === 'ArrowDown') { event.preventDefault(); choose(input, (at + 1) % all.length); }
  else if (event.key === 'ArrowUp') { event.preventDefault(); choose(input, (at - 1 + all.length) % all.length); }
  else if ((event.key === 'Enter' || sign && event.key === 'Tab') && at >= 0) { event.preventDefault(); take(input, all[at]); }
  else if (event.key === 'Escape') { event.preventDefault(); close(input); }
});

// Before the click takes the focus.
document.addEventListener('mousedown', event => {
  const option = event.target.closest?.('[data-picker] [role=option]');
  if (!option) return;
  event.preventDefault();
  take(option.closest('[data-picker]').querySelector('[data-suggest-url]'), option);
});

document.addEventListener('focusout', event => {
  if (event.target.matches?.('[data-suggest-url]')) close(event.target);
});

// A page that comes while somebody types takes hint and proposals with it; one may type before this is here.
function again() {
  const typing = document.activeElement;
  if (typing?.matches('[data-suggest-url]') && !parts(typing).value?.value) later(typing, () => suggest(typing));
  for (const box of document.querySelectorAll('form [data-hint-url]:empty')) later(box, () => hint(box, box.closest('form')));
}
document.addEventListener('DOMContentLoaded', () => { again(); window.Blazor?.addEventListener?.('enhancedload', again); }, { once: true });
