/** What this process has to say of files: on standard error, each sentence once. */
import { Notices, sentenceOf } from '../storage/notices.ts';
import { shown } from './exit.ts';

export const saidNotices = new Notices();

saidNotices.listen(notice => {
  process.stderr.write(`${shown(sentenceOf(notice))}\n`);
});
