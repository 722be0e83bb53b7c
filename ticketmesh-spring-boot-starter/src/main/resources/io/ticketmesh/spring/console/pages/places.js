import { icons } from '../parts/icons.js';
import { listAddress } from '../state/route.js';
import { may } from '../state/session.js';
import { sameList, views } from '../state/views.js';
import { text } from '../texts.js';

/** Where one can go: lists with a name, and pages. */
export const PLACES = [
  { name: text.active, query: 'category=open%2Cwaiting&sort=-updatedAt', icon: icons.active },
  { name: text.mine, query: 'assignee=%40me&category=open%2Cwaiting&sort=-priority%2C-updatedAt', icon: icons.mine },
  {
    name: text.unassigned,
    query: 'assignee=none&category=open%2Cwaiting&sort=-priority%2C-updatedAt',
    icon: icons.unassigned,
  },
  { name: text.overdue, query: 'overdue=true&category=open%2Cwaiting&sort=dueAt%2C-priority', icon: icons.overdue },
  { name: text.conflicts, query: 'has=conflict&sort=-updatedAt', icon: icons.conflict },
  { name: text.everything, query: 'sort=-updatedAt', icon: icons.tickets },
];

export const HOME = listAddress(PLACES[0].query);

const PAGES = [
  { page: 'board', name: text.board, icon: icons.board, key: 'g b' },
  { page: 'numbers', name: text.numbers, icon: icons.numbers, key: 'g d' },
  { page: 'incidents', name: text.incidents, icon: icons.incident, key: 'g i', action: 'read' },
  { page: 'mesh', name: text.mesh, icon: icons.mesh, key: 'g m' },
];

/** What is for few. */
const OFFICES = [
  { page: 'webhooks', name: text.webhooks, icon: icons.webhook, key: 'g w', action: 'manage-webhooks' },
  { page: 'erasures', name: text.erasures, icon: icons.erase, key: 'g e', action: 'erase' },
  { page: 'bundle', name: text.bundle, icon: icons.bundle, key: 'g u', action: 'bundle' },
];

/** A page for which one needs a permission is shown to those who have it, or of whom that is not known. */
const open = ({ action }) => !action || may(action);

export const pages = () => PAGES.filter(open);
export const offices = () => OFFICES.filter(open);

/** What the page is called; nothing when it is none of these. */
export const pageName = (page) => [...PAGES, ...OFFICES].find((one) => one.page === page)?.name;

/** The name of the place that has this query, as the navigation calls it. */
export const placeOf = (query) =>
  PLACES.find((place) => place.query === query)?.name ??
  views.value.find((view) => sameList(view.query, query))?.title ??
  text.tickets;
