import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunError } from '../errors.js';
import { HEADER, memorySink } from '../test-support/memory-sink.js';
import { Journal } from './journal.js';
import { openJournal } from './open-journal.js';
import { isUnswept, parseJournal, readJournal } from './read-journal.js';

async function torn(folder: string): Promise<string> {
  const path = join(folder, 'torn.jsonl');
  await writeFile(path, '{"kind":"run","vers');
  return path;
}

const AT = '2026-11-28T10:00:01.000Z';
const role = (text: string) => ({ at: AT, resource: 'role', text });

/** A journal with a role that exists, one that was removed, one refused and one without an answer. */
function written(): string {
  const sink = memorySink();
  const journal = new Journal(HEADER, sink);
  journal.created(journal.creating(role('a')), 'rol_1');
  journal.created(journal.creating(role('b')), 'rol_2');
  journal.removed('role', 'rol_2');
  journal.refused(journal.creating(role('c')));
  journal.creating({ ...role('d'), parent: { organization: 'org_1' } });
  return sink.text();
}

describe('a journal', () => {
  it('says what exists and which creations have no answer', () => {
    expect(parseJournal(written())).toEqual({
      header: HEADER,
      existing: [{ n: 1, ...role('a'), id: 'rol_1' }],
      pending: [{ kind: 'creating', n: 4, ...role('d'), parent: { organization: 'org_1' } }],
      last: 4,
      isTorn: false,
    });
  });

  it('is read wherever its last line is torn, and never loses a creation that may have been sent', () => {
    const whole = written();
    const headerEnd = whole.indexOf('\n');
    for (let end = headerEnd; end <= whole.length; end += 1) {
      const text = whole.slice(0, end);
      const state = parseJournal(text);
      // A creation is sent once its line is complete.
      const sent = text
        .split('\n')
        .slice(1, -1)
        .filter((line) => line.includes('"creating"')).length;
      const answered = [...text.matchAll(/"(created|refused)","n":\d+.*\}/g)].length;
      expect(state?.pending.length).toBeGreaterThanOrEqual(sent - answered);
    }
  });

  it('of a killed sweep is continued after a torn line', () => {
    const torn = `${written()}{"kind":"remo`;
    const state = parseJournal(torn);
    const sink = memorySink();
    new Journal(HEADER, sink, { last: state?.last ?? 0, isTorn: state?.isTorn ?? false }).removed('role', 'rol_1');
    expect(parseJournal(torn + sink.text())?.existing).toEqual([]);
  });

  it.each(['', '{}', '{"kind":"run"}', '{"kind":"creating","n":1,"at":"","resource":"role","text":""}\n', 'Hello'])(
    'is not: %s',
    (text) => {
      expect(parseJournal(text)).toBeUndefined();
    },
  );

  it('whose first line is torn is of a run that had sent nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rolecall-journal-'));
    const path = join(folder, 'run.jsonl');
    const header = JSON.stringify(HEADER);
    for (let end = 0; end < header.length; end += 1) {
      await writeFile(path, header.slice(0, end));
      expect(await readJournal(path)).toBeUndefined();
    }
    await writeFile(path, '{"kind":"run","version":2}\n');
    await expect(readJournal(path)).rejects.toMatchObject({ code: 'JOURNAL_UNREADABLE' });
    (await openJournal(HEADER, { file: await torn(folder), stateFolder: folder })).end(0, false);
    await rm(folder, { recursive: true });
  });

  it('refuses a creation where the disk is full, and is whole again once there is room', () => {
    const sink = memorySink(JSON.stringify(HEADER).length + 31);
    const journal = new Journal(HEADER, sink);
    expect(() => journal.creating(role('a'))).toThrow(
      new RunError(
        'JOURNAL_NOT_WRITTEN',
        'Cannot write the journal "/tmp/journal.jsonl": no space is left on the device; nothing more is created. Free space, or pass another file with --journal.',
      ),
    );
    sink.grow(1000);
    journal.created(journal.creating(role('b')), 'rol_2');
    expect(parseJournal(sink.text())?.existing).toMatchObject([{ text: 'b', id: 'rol_2' }]);
  });

  it('is deleted at the end where nothing is left, unless the user chose its place', () => {
    const [own, chosen, left] = [memorySink(), memorySink(), memorySink()];
    new Journal(HEADER, own).end(0, false);
    new Journal(HEADER, chosen).end(0, true);
    new Journal(HEADER, left).end(1, false);
    expect([own, chosen, left].map((sink) => sink.isDiscarded())).toEqual([true, false, false]);
    expect(chosen.text()).toContain('{"kind":"ended","left":0}\n');
  });

  it('is unswept as long as something exists or has no answer', () => {
    const head = `${JSON.stringify(HEADER)}\n`;
    const creating = '{"kind":"creating","n":1,"at":"","resource":"role","text":"a"}\n';
    const isUnsweptAfter = (lines: string) => {
      const state = parseJournal(head + lines);
      return state !== undefined && isUnswept(state);
    };
    expect(isUnsweptAfter('')).toBe(false);
    expect(isUnsweptAfter(creating)).toBe(true);
    expect(isUnsweptAfter(`${creating}{"kind":"searched","n":1,"ids":[]}\n`)).toBe(false);
    expect(isUnsweptAfter(`${creating}{"kind":"searched","n":1,"ids":["rol_1"]}\n`)).toBe(true);
    expect(isUnsweptAfter(`${creating}{"kind":"created","n":1,"id":"rol_1"}\n`)).toBe(true);
  });
});
