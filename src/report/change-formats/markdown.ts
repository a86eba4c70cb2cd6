import type { ChangeFormat } from '../change-format.js';
import { type ChangeGroup, readChangeGroups } from '../change-groups.js';
import { CHANGE_TITLES, describeChange } from '../describe-change.js';
import { escapeMarkdown } from '../escape-markdown.js';

/** Rows of one kind: pages take no more, and whoever needs all takes CSV. */
const ROWS = 100;

/** Longest cell: reasons quote messages of findings. */
const CELL_CHARACTERS = 300;

/** A report for a wiki or a pull request: a table of GitHub Flavored Markdown for each kind of change. */
export const markdown: ChangeFormat = {
  name: 'markdown',
  title: 'Markdown report: a table for each kind of change',
  async *write(changes, { after, before }) {
    yield `# Certificate changes\n\nFrom ${escapeMarkdown(before)} to ${escapeMarkdown(after)}.\n`;
    const groups = await readChangeGroups(changes, ROWS);
    if (groups.length === 0) yield '\nNothing has changed.\n';
    for (const group of groups) yield formatGroup(group);
  },
};

function formatGroup({ count, kind, shown }: ChangeGroup): string {
  const rows = shown.map(
    (change) =>
      `| ${describeChange(change)
        .map((cell) => escapeMarkdown(cell, CELL_CHARACTERS))
        .join(' | ')} |`,
  );
  return [
    '',
    `## ${CHANGE_TITLES[kind]} (${count})`,
    '',
    '| endpoint | before | after | why |',
    '|---|---|---|---|',
    ...rows,
    ...(count > shown.length ? ['', `${count - shown.length} more.`] : []),
    '',
  ].join('\n');
}
