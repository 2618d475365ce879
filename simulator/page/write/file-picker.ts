/** Opening a routine's file, picked or dropped. */
import { html } from 'lit';
import { routineLimits } from '../../../machines/limits.ts';
import { fill } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
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

export const filePicker = (told: (why: string | null) => void) => html`<label class="button file"
  >${words.open}<input
    type="file"
    accept=".json,application/json"
    @change=${({ target }: Event & { target: HTMLInputElement }) => {
      const [file] = target.files ?? [];
      // The same file can be picked once more.
      if (file)
        void openFile(file, told).then(() => {
          target.value = '';
        });
    }}
/></label>`;
