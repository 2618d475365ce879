/** The page as something that is kept and installed: what of it is told, where it stands, and who wires it. */
import { html, nothing } from 'lit';
import { installedWords as words } from '../../../machines/text/installed.ts';
import type { PageContext } from '../../page/shell/page-context.ts';
import type { PageKeeping } from '../../page/shell/page-keeping.ts';
import { trustedServiceWorker } from '../workers.ts';
import { InstallOffer } from './offer.ts';
import { isUnderWay } from './under-way.ts';
import { Updates } from './updates.ts';

/** Where the page says that it can be installed. A controller that serves it takes that out of it. */
const manifestLink = (): HTMLLinkElement | null => document.querySelector('link[rel="manifest"]');

/** Null where nothing of it is to be had: no service workers, no safe origin, a file, or a controller's page. */
function updatesHere(): Updates | null {
  const manifest = manifestLink();
  // As a property it may be missing: an origin that is not safe has none, whatever the types say.
  if (!manifest || !('serviceWorker' in navigator) || !location.protocol.startsWith('http')) return null;
  const container = navigator.serviceWorker;
  const scope = new URL('./', manifest.href).href;
  return new Updates({
    register: () => container.register(trustedServiceWorker(scope), { scope, updateViaCache: 'none' }),
    isControlled: () => container.controller !== null,
    onControlled: listener => container.addEventListener('controllerchange', listener),
    locks: navigator.locks ?? null,
    scope,
    now: () => performance.now(),
    after: (ms, run) => void setTimeout(run, ms),
    reload: () => location.reload(),
  });
}

export type KeptPage = PageKeeping &
  Readonly<{
    /** All that is wanted first has been fetched: from now on the browser may keep the page. */
    keep(): void;
  }>;

/** Null where the browser does not keep this page. */
export function keptPage(): KeptPage | null {
  const updates = updatesHere();
  if (!updates) return null;
  const offer = new InstallOffer();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void updates.seen();
  });
  let isKeeping = false;
  return {
    keep: () => {
      if (isKeeping) return;
      isKeeping = true;
      void updates.begin();
    },
    above: context => {
      const underWay = isUnderWay(seenBy(context));
      updates.follow(underWay);
      return underWay ? nothing : newVersion(updates);
    },
    panel: () => keeping(updates, offer),
  };
}

const seenBy = ({ view, isLive, hasBegun, feed }: PageContext) => ({
  view,
  isLive,
  hasBegun,
  failure: feed.failure,
  hasOwnBoard: feed.alsoStops !== null,
});

function newVersion(updates: Updates) {
  const { state } = updates;
  if (state === 'none') return nothing;
  return html`<section class="notice row" data-update=${state} aria-label=${words.update.label}>
    <p role="status">${words.update[state]}</p>
    ${
      state === 'taking'
        ? nothing
        : html`<button data-take @click=${() => void updates.take()}>${words.update.take}</button>`
    }
  </section>`;
}

function keeping(updates: Updates, offer: InstallOffer) {
  const { state } = offer;
  if (!updates.isKept && state === 'none') return nothing;
  return html`<fieldset data-keeping=${state}>
    <legend>${words.keep.title}</legend>
    ${state === 'installed' ? html`<p class="soft">${words.keep.installed}</p>` : nothing}
    ${updates.isKept ? html`<p class="soft">${words.keep.kept}</p>` : nothing}
    ${state === 'byMenu' ? html`<p class="soft">${words.keep.share}</p>` : nothing}
    ${
      state === 'ready'
        ? html`<button data-install @click=${() => void offer.ask()}>${words.keep.install}</button>`
        : nothing
    }
  </fieldset>`;
}
