import { foldTag } from '../model/annotation.js';
import type { Target } from '../model/target.js';
import { formatTarget } from './format-target.js';
import { joinWords } from './join-words.js';

/** Writes the tags of targets, each with the targets that have it, as text that reads back as the same; null: there are none. */
export function formatTags(targets: readonly Target[]): Record<string, string[]> | null {
  const byTag = new Map<string, { readonly tag: string; readonly words: string[] }>();
  for (const target of targets) {
    for (const tag of target.tags ?? []) {
      const known = byTag.get(foldTag(tag));
      if (known) known.words.push(formatTarget(target));
      else byTag.set(foldTag(tag), { tag, words: [formatTarget(target)] });
    }
  }
  if (byTag.size === 0) return null;
  return Object.fromEntries([...byTag.values()].map(({ tag, words }) => [tag, joinWords(words)]));
}
