import { text } from '../texts.js';
import { number } from './times.js';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];
const UNIT = 1024;

/** A number of bytes in its largest fitting unit: '1.4 MB'. */
export function sizeText(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= UNIT && unit < UNITS.length - 1) {
    value /= UNIT;
    unit++;
  }
  return text.bytes(number(value < 10 && unit ? Math.round(value * 10) / 10 : Math.round(value)), UNITS[unit]);
}
