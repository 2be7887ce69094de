import { placeOf } from './location.js';
import { createStore } from './store.js';

/** Where the console is now. */
export const place = createStore(placeOf(location.hash));

addEventListener('hashchange', () => place.set(placeOf(location.hash)));
