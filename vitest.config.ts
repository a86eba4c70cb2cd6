import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/interop/**', 'test/faults/**', 'test/bench/**'],
    testTimeout: 20_000,
    // Many tests wait for servers and processes of their own: a core left free would idle.
    maxWorkers: '100%',
  },
});
