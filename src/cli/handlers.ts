import * as account from './account.js';
import type { CommandName } from './commands.js';
import * as health from './health.js';
import { apply, plan } from './plan.js';
import { replay } from './replay.js';
import { sandbox } from './sandbox.js';
import type { Terminal } from './terminal.js';
import { trigger } from './trigger.js';
import { verify } from './verify.js';

/** Runs a command and resolves with its exit code: 0, or 2 if it found a problem. */
type Handler = (terminal: Terminal, options: never, ...args: string[]) => Promise<number>;

export const handlers: Record<CommandName, Handler> = {
  list: account.list,
  get: account.get,
  create: account.create,
  update: account.update,
  delete: account.remove,
  status: health.status,
  logs: health.logs,
  replay,
  plan,
  apply,
  sandbox,
  trigger,
  verify,
};
