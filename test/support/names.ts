/** What controls are called by whoever hears them, and whether two words of a name run together. */
import type { CDPSession, Page } from 'playwright-core';

type Node = Readonly<{
  ignored: boolean;
  role?: Readonly<{ value: string }>;
  name?: Readonly<{ value: string }>;
  backendDOMNodeId?: number;
}>;

const roles = new Set([
  'button',
  'link',
  'radio',
  'checkbox',
  'heading',
  'listitem',
  'option',
  'tab',
  'region',
  'main',
]);

/** Names as the browser tells them to assistive tools. */
export async function namesOf(page: Page): Promise<{ role: string; name: string }[]> {
  const tools: CDPSession = await page.context().newCDPSession(page);
  const { nodes } = (await tools.send('Accessibility.getFullAXTree')) as unknown as {
    nodes: readonly Node[];
  };
  await tools.detach();
  return nodes
    .filter(({ ignored, role }) => !ignored && roles.has(role?.value ?? ''))
    .map(({ role, name }) => ({ role: role?.value ?? '', name: name?.value ?? '' }));
}

/** Names in which two texts that stand apart on the page have no space between them. */
export async function runTogether(page: Page): Promise<string[]> {
  const seams = await page.evaluate(() => {
    const found = new Set<string>();
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (!element.matches('button, a, label, h1, h2, h3, li, option')) continue;
        const parts: string[] = [];
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const text = (node.textContent ?? '').replace(/\s+/g, ' ').trim();
          if (text) parts.push(text);
        }
        for (const [index, part] of parts.entries()) {
          const next = parts[index + 1];
          if (next) found.add(part.slice(-24) + next.slice(0, 24));
        }
      }
    };
    visit(document);
    return [...found];
  });
  const names = await namesOf(page);
  return names
    .filter(({ role }) => role !== 'listitem')
    .filter(({ name }) => seams.some(seam => name.includes(seam)))
    .map(({ role, name }) => `${role}: ${name}`);
}
