import type { HostileBehaviour } from './hostile-server.js';
import { HOSTILE_STARTTLS } from './hostile-starttls.js';
import { HOSTILE_TLS } from './hostile-tls.js';

/** Every way to misbehave that a probe must survive, and report truthfully, within its deadline. */
export const HOSTILE_BEHAVIOURS: readonly HostileBehaviour[] = [...HOSTILE_TLS, ...HOSTILE_STARTTLS];
