// Loaded before an example: tells the test which port the example's server got.
import { Server } from 'node:net';

const { listen } = Server.prototype;

Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
  this.once('listening', () => process.send?.(this.address()));
  return listen.apply(this, args as Parameters<Server['listen']>);
};
