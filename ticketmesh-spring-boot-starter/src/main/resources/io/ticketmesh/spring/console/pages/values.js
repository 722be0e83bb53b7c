import { dateText, whole } from '../parts/times.js';
import { linkName, priorityName, resolutionName, stateName, text, typeName } from '../texts.js';

/** The value of a field, as histories and conflicts tell it, in words. */
export function valueText(field, value) {
  if (value === null || value === undefined) {
    return '';
  }
  if (Array.isArray(value)) {
    return value.map((one) => valueText(field, one)).join(', ');
  }
  if (field === 'status') {
    return typeof value === 'string'
      ? stateName(value)
      : [
          stateName(value.status),
          value.resolution && resolutionName(value.resolution),
          value.pendingUntil && text.clock.dueAt(whole(value.pendingUntil)),
        ]
          .filter(Boolean)
          .join(', ');
  }
  if (typeof value === 'object') {
    return objectText(value);
  }
  const named = {
    priority: priorityName,
    type: typeName,
    resolution: resolutionName,
    dueDate: dateText,
    dueAt: whole,
    pendingUntil: whole,
  };
  return named[field]?.(value) ?? String(value);
}

/** Links, references and dates; whatever else there is, as it is. */
function objectText(value) {
  if (value.key) {
    return value.type ? `${linkName(value.type)} ${value.key}` : value.key;
  }
  return value.date ? dateText(value.date) : value.instant ? whole(value.instant) : JSON.stringify(value);
}
