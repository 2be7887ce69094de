#!/usr/bin/env bash
# Package:   npm @ucast/sql 1.0.0-alpha.12 with @casl/ability 7.0.1 and sql.js 1.17.0
# Input:     the rule that users whose blockedAt is null can be read, for jane, who is not blocked, and joe, who is
# Expected:  the query finds who can be read: jane (CASL evaluates the same condition; a comparison with null by "=" is
#            never true in SQL)
# Seen:      the SQL is blockedAt = NULL, and finds nobody; "not null" finds nobody either, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts \
  @ucast/sql@1.0.0-alpha.12 @casl/ability@7.0.1 sql.js@1.17.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { createMongoAbility, subject } from '@casl/ability';
import { rulesToAST } from '@casl/ability/extra';
import { allInterpreters, createSqlInterpreter, sqlite } from '@ucast/sql';
import initSqlJs from 'sql.js';

const users = [{ name: 'jane', blockedAt: null }, { name: 'joe', blockedAt: '2026-11-30' }];
const { Database } = await initSqlJs();
const database = new Database();
database.run('CREATE TABLE users (name, blockedAt)');
for (const { name, blockedAt } of users) database.run('INSERT INTO users VALUES (?, ?)', [name, blockedAt]);

const interpret = createSqlInterpreter(allInterpreters);
for (const blockedAt of [null, { $ne: null }]) {
  const ability = createMongoAbility([{ action: 'read', subject: 'User', conditions: { blockedAt } }]);
  const readable = users.filter((user) => ability.can('read', subject('User', { ...user })));
  const [where, values] = interpret(rulesToAST(ability, 'read', 'User'), { ...sqlite, joinRelation: () => false });
  const [found] = database.exec(`SELECT name FROM users WHERE ${where}`, values);
  console.log(`CASL reads ${readable.map(({ name }) => name)}`);
  console.log(`${where.replaceAll('`', '')} with ${JSON.stringify(values)} finds ${found?.values ?? 'nobody'}`);
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'CASL reads jane
blockedAt = ? with [null] finds nobody
CASL reads joe
blockedAt <> ? with [null] finds nobody' ]
