import { command } from '../lib/command.js';
import { tellStory } from './story.js';

export const main = command('Usage: npm run demo', {}, async () => {
  await tellStory(console.log);
  return 0;
});
