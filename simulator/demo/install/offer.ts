/** Whether this browser can make an app of the page, and asking it to. Chromium asks through us; Safari is asked by hand. */

/** As Chromium hands it over: shown once, by a press. */
type InstallPrompt = Event & Readonly<{ prompt(): Promise<unknown> }>;

const isPrompt = (event: Event): event is InstallPrompt =>
  'prompt' in event && typeof event.prompt === 'function';

/** `installed`: this window is the app; `byMenu`: a menu of the browser's does it. */
export type OfferState = 'none' | 'ready' | 'byMenu' | 'installed';

const isApp = (): boolean => matchMedia('(display-mode: standalone)').matches;
/** Safari alone says whether a page was opened from the home screen. */
const isByMenu = (): boolean => 'standalone' in navigator;

export class InstallOffer {
  #prompt: InstallPrompt | null = null;

  constructor() {
    window.addEventListener('beforeinstallprompt', event => {
      if (!isPrompt(event)) return;
      // It would come unasked; here it waits on the sheet of looks and sounds.
      event.preventDefault();
      this.#prompt = event;
    });
    window.addEventListener('appinstalled', () => {
      this.#prompt = null;
    });
  }

  get state(): OfferState {
    if (isApp()) return 'installed';
    if (this.#prompt) return 'ready';
    return isByMenu() ? 'byMenu' : 'none';
  }

  /** Has the browser ask. Whatever is answered, it is not offered again before the browser does. */
  async ask(): Promise<void> {
    const prompt = this.#prompt;
    this.#prompt = null;
    await prompt?.prompt();
  }
}
