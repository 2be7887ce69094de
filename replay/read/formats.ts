import { exchangeList } from './exchange-list.js';
import type { RecordingFormat } from './format.js';
import { goVcr } from './go-vcr.js';
import { har } from './har.js';
import { nock } from './nock.js';
import { rubyVcr } from './ruby-vcr.js';
import { vcrpy } from './vcrpy.js';

/** Every format of recordings. To add one, write its file and add it here. */
export const FORMATS: readonly RecordingFormat[] = [exchangeList, har, goVcr, vcrpy, rubyVcr, nock];
