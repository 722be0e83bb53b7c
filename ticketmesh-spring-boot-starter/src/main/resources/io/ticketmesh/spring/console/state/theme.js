import { read, write } from './storage.js';
import { Signal } from './signal.js';

/** 'auto', which is what the system says, 'light' or 'dark'. */
export const theme = new Signal(read('theme', 'auto'));

const next = { auto: 'light', light: 'dark', dark: 'auto' };

export function changeTheme() {
  theme.value = next[theme.value] ?? 'auto';
  write('theme', theme.value);
  show();
}

function show() {
  document.documentElement.dataset.theme = theme.value;
}

show();
