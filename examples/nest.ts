import 'reflect-metadata';
import { Controller, Module, Post, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';
import { toNodeListener } from 'dixa-webhooks/receiver/node';
import type { Request, Response } from 'express';

const receiver = createReceiver({ dedupe: memoryDedupe() });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

const listener = toNodeListener(receiver);

@Controller('dixa')
class DixaController {
  // With @Res(), Nest leaves the response to the listener.
  @Post()
  receive(@Req() request: Request, @Res() response: Response) {
    return listener(request, response);
  }
}

@Module({ controllers: [DixaController] })
class AppModule {}

// `rawBody`: Nest also keeps the raw bytes of the body. `limit`: the default of 100 kB rejects large events.
const app = await NestFactory.create<NestExpressApplication>(AppModule, { rawBody: true });
app.useBodyParser('json', { limit: '1mb' });
await app.listen(process.env.PORT ?? 3000);
