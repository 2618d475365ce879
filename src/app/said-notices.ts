/** What this process has to say of files: on standard error, each sentence once. */
import { Notices, noticeSentence } from '../storage/notices.ts';
import { shown } from './exit.ts';

export const saidNotices = new Notices();

saidNotices.listen(notice => {
  process.stderr.write(`${shown(noticeSentence(notice))}\n`);
});
