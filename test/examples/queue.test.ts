import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { signPayload } from '../../src/receiver/index.js';
import { printAsDixa } from '../../src/shared/dixa-json.js';
import { describeWhere, examplesInstalled } from '../support/describe-where.js';
import { examplesFolder } from './program.js';
import { created } from './suite.js';

interface QueueExample {
  work(delivery: { body: string; headers: Record<string, string>; receivedAt: number }): Promise<void>;
}

describeWhere([examplesInstalled], 'a delivery that waited in a queue for a day', () => {
  it('is not too old, by its time of arrival', async () => {
    const secret = '5c'.repeat(32);
    vi.stubEnv('DIXA_WEBHOOK_SECRET', secret);
    const { work }: QueueExample = await import(join(examplesFolder, 'queue.ts'));
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const yesterday = Date.now() - 86_400_000;
    const event = created();
    const body = printAsDixa(event);
    const headers = { 'x-dixa-signature': await signPayload({ body, secret, timestamp: yesterday }) };
    const delivery = { body: Buffer.from(body).toString('base64'), headers };

    const tooLate = expect.objectContaining({ reason: 'timestamp-out-of-tolerance' });
    await expect(work({ ...delivery, receivedAt: Date.now() })).rejects.toEqual(tooLate);
    expect(error).toHaveBeenCalledExactlyOnceWith(tooLate);
    expect(log).not.toHaveBeenCalled();

    await work({ ...delivery, receivedAt: yesterday + 1_000 });
    expect(log).toHaveBeenCalledExactlyOnceWith('created', event.data.conversation.csid);
  });
});
