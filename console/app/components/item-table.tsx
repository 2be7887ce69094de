import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Listing } from '../../model/model.js';
import { propertyLabel } from '../../model/words.js';
import { type CallArguments, changes } from '../client.js';
import { type Item, itemsIn, shown } from '../items.js';
import type { Session } from '../session.js';
import { useStore } from '../store.js';
import { Problem } from './dialog.js';

interface ItemTableProps {
  readonly session: Session;
  readonly list: Listing;
  readonly title: string;
  readonly ids?: CallArguments['ids'];
  /** The link of a row. */
  readonly link: (item: Item) => string | undefined;
  /** What the last column of a row has. */
  readonly actions?: (item: Item) => ComponentChildren;
  /** Shown if there is no item. */
  readonly empty: string;
}

/** Items per page. */
const PAGE_SIZE = 50;

/** A listing as a table that follows changes. */
export function ItemTable({ session, list, title, ids, link, actions, empty }: ItemTableProps) {
  const version = useStore(changes);
  const [page, setPage] = useState(0);
  const [search, setSearch] = useState('');
  const { answer, reload } = useListing({ session, list, ids, page, search, version });
  return (
    <>
      <div class="tools">
        {list.search === undefined ? null : (
          <label>
            Search ({list.search})
            <input
              type="search"
              value={search}
              onChange={({ currentTarget }) => {
                setPage(0);
                setSearch(currentTarget.value);
              }}
            />
          </label>
        )}
        <button type="button" onClick={reload}>
          Refresh
        </button>
        <span class="dim" role="status">
          {answer === undefined ? 'Loading…' : countText(answer)}
        </span>
      </div>
      <Problem reason={answer?.reason ?? ''} />
      {answer === undefined || answer.items.length === 0 ? (
        <p class="dim">{answer?.reason === '' ? empty : ''}</p>
      ) : (
        <ItemRows title={title} columns={list.columns} items={answer.items} link={link} actions={actions} />
      )}
      {list.paging.page === undefined || answer === undefined || (page === 0 && !answer.hasMore) ? null : (
        <PageSteps title={title} page={page} hasMore={answer.hasMore} onMove={setPage} />
      )}
    </>
  );
}

interface ItemRowsProps {
  readonly title: string;
  readonly columns: readonly string[];
  readonly items: readonly Item[];
  readonly link: ItemTableProps['link'];
  readonly actions: ItemTableProps['actions'];
}

function ItemRows({ title, columns, items, link, actions }: ItemRowsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label={`Table of ${title}`}>
      <table class="items">
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {propertyLabel(column)}
              </th>
            ))}
            {actions === undefined ? null : (
              <th scope="col">
                <span class="sr">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            <tr key={`${index} ${JSON.stringify(item[columns[0] ?? ''])}`}>
              {columns.map((column, at) => (
                <Cell
                  key={column}
                  text={shown(item[column])}
                  href={at === 0 ? link(item) : undefined}
                  isHead={at === 0}
                />
              ))}
              {actions === undefined ? null : <td class="actions">{actions(item)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface PageStepsProps {
  readonly title: string;
  /** From 0. */
  readonly page: number;
  readonly hasMore: boolean;
  readonly onMove: (page: number) => void;
}

function PageSteps({ title, page, hasMore, onMove }: PageStepsProps) {
  return (
    <nav class="tools" aria-label={`Pages of ${title}`}>
      <button type="button" disabled={page === 0} onClick={() => onMove(page - 1)}>
        Previous
      </button>
      <span>Page {page + 1}</span>
      <button type="button" disabled={!hasMore} onClick={() => onMove(page + 1)}>
        Next
      </button>
    </nav>
  );
}

function Cell({
  text,
  href,
  isHead,
}: {
  readonly text: string;
  readonly href: string | undefined;
  readonly isHead: boolean;
}) {
  const content = href === undefined ? text : <a href={href}>{text === '' ? '(no name)' : text}</a>;
  return isHead ? <th scope="row">{content}</th> : <td>{content}</td>;
}

interface Loaded {
  readonly items: readonly Item[];
  readonly total: number | undefined;
  readonly hasMore: boolean;
  readonly reason: string;
}

function countText({ items, total, reason }: Loaded): string {
  if (reason !== '') return '';
  return total === undefined || total === items.length ? `${items.length} shown` : `${items.length} of ${total}`;
}

interface ListingQuery {
  readonly session: Session;
  readonly list: Listing;
  readonly ids: CallArguments['ids'];
  readonly page: number;
  readonly search: string;
  readonly version: number;
}

function useListing({ session, list, ids, page, search, version }: ListingQuery): {
  readonly answer: Loaded | undefined;
  readonly reload: () => void;
} {
  const [answer, setAnswer] = useState<Loaded>();
  const [count, setCount] = useState(0);
  const place = JSON.stringify([list.operation, ids]);
  // `place` stands for the listing and its ids, `version` and `count` ask to read again
  useEffect(() => {
    let isCurrent = true;
    void session.api
      .call(list.operation, { ...(ids && { ids }), query: queryOf(list, page, search) })
      .then((result) => {
        if (!isCurrent) return;
        const { items, total } = itemsIn(result.data, list.items);
        const start = page * PAGE_SIZE;
        const hasMore = total === undefined ? items.length === PAGE_SIZE : start + items.length < total;
        setAnswer({ items, total, hasMore, reason: result.reason });
      });
    return () => {
      isCurrent = false;
    };
  }, [session, place, page, search, version, count]);
  return { answer, reload: () => setCount(count + 1) };
}

function queryOf({ paging: { size, page: parameter, totals }, search }: Listing, page: number, text: string) {
  return {
    ...(size === undefined ? {} : { [size]: PAGE_SIZE }),
    ...(parameter === undefined ? {} : { [parameter]: page }),
    ...(totals === undefined ? {} : { [totals]: true }),
    ...(search === undefined || text === '' ? {} : { [search]: text }),
  };
}
