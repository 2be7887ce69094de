import { render } from 'preact';
import { App } from './components/app.js';
import { start } from './session.js';

const root = document.getElementById('console');
if (root !== null) render(<App />, root);
void start();
