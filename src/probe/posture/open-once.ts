import { Budget, type ProbeLimits } from '../budget.js';
import { Conversation, type ConversationOptions } from '../conversation.js';
import type { OpenStream } from './asker.js';

/** Opens each connection as a conversation of its own, with its own deadline and share of bytes. */
export function openOnce(
  protocol: string,
  limits: ProbeLimits,
  options: Omit<ConversationOptions, 'budget'>,
): OpenStream {
  return async (timeoutMs) => {
    const connectTimeoutMs = Math.min(limits.connectTimeoutMs, timeoutMs);
    const conversation = new Conversation(protocol, {
      ...options,
      budget: new Budget({ connectTimeoutMs, timeoutMs }),
    });
    try {
      return await conversation.open();
    } catch (failure) {
      conversation.close();
      throw failure;
    }
  };
}
