import { render } from 'preact';
import { App } from './components/app.js';
import { start } from './session.js';
import { escapeShownText } from './shown-text.js';

escapeShownText();
const root = document.getElementById('console');
if (root !== null) render(<App />, root);
void start();
