// Loaded before an example. Reports the port of the example's server to the test.
import { Server } from 'node:net';

const { listen } = Server.prototype;

Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
  this.once('listening', () => process.send?.(this.address()));
  return listen.apply(this, args as Parameters<Server['listen']>);
};
