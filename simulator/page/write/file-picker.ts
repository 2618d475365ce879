/** Opening a routine's file, picked or dropped. */
import { routineLimits } from '../../../machines/limits.ts';
import { fill } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
import { fileButton } from '../common/file-button.ts';
import { textOfFile } from '../common/file-text.ts';
import { writing } from './writing.ts';

const words = writeWords;

/** Opens it; `told` hears why not, and null where it was. */
export async function openFile(file: File, told: (why: string | null) => void): Promise<void> {
  if (file.size > routineLimits.fileBytes)
    told(
      `${fill(words.notOpened, { name: file.name })} ${fill(words.tooLarge, { most: routineLimits.fileBytes / 1024 })}`,
    );
  else {
    const text = await textOfFile(file);
    told(text === null ? fill(words.unreadable, { name: file.name }) : writing.openFile(file.name, text));
  }
}

export const filePicker = (told: (why: string | null) => void) =>
  fileButton(words.open, file => openFile(file, told));
