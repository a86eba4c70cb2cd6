import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/interop/**/*.test.ts'],
    testTimeout: 20_000,
    // Names what is skipped.
    reporters: ['verbose'],
    // All servers start at once, and databases are made first.
    hookTimeout: 120_000,
    // Each file starts all servers, and tools of one processor each ask them.
    fileParallelism: false,
    maxConcurrency: 4,
  },
});
