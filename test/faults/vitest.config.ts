import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    globalSetup: ['test/faults/global-setup.ts'],
    // Names what is skipped.
    reporters: ['verbose'],
    // A case is some whole scans, one after the other.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // Faults of time are only told from a busy machine where nothing else runs.
    fileParallelism: false,
  },
});
