/** The environment in which Node.js loads a file of `preload/` before the program. */
export function preload(name: 'kill-worker' | 'shift-clock'): { readonly NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--import=${new URL(`./preload/${name}.mjs`, import.meta.url).href}` };
}
