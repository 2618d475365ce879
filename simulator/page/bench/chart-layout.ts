/**
 * Boxes and arrows of the session's statechart, read off the machine itself and laid out here: columns by how many
 * transitions a state lies from the beginning, rows so that arrows stay short. Nothing is drawn by hand, so nothing
 * can be forgotten.
 */
import type { AnyStateNode } from 'xstate';
import { sessionMachine } from '../../../machines/session.ts';

export type Box = Readonly<{
  id: string;
  word: string;
  x: number;
  y: number;
  width: number;
  height: number;
  depth: number;
  /** Passed through at once. */
  isPassing: boolean;
  isFinal: boolean;
}>;
/** `event` is empty where it is gone along at once. */
export type Arrow = Readonly<{ from: string; to: string; event: string }>;
export type ChartLayout = Readonly<{
  boxes: readonly Box[];
  arrows: readonly Arrow[];
  width: number;
  height: number;
}>;

const boxWidth = 132;
const rowHeight = 34;
const gapX = 54;
const gapY = 12;
const inset = 12;
const titleHeight = 26;
/** How often rows are moved towards what they are connected with. */
const sweeps = 8;

export const wordOf = (key: string): string => key.replace(/([A-Z])/g, ' $1').toLowerCase();

const idOf = (node: AnyStateNode): string => node.path.join('.');
const childrenOf = (node: AnyStateNode): readonly AnyStateNode[] => Object.values(node.states);
const topOf = (id: string): string => id.split('.')[0] ?? id;

const transitionsOf = (node: AnyStateNode) => [
  ...[...node.transitions.entries()].flatMap(([event, list]) => list.map(one => ({ event, one }))),
  ...(node.always ?? []).map(one => ({ event: '', one })),
];

/** Every arrow of a state and of what lies within it. */
function arrowsOf(node: AnyStateNode): Arrow[] {
  const own = transitionsOf(node).flatMap(({ event, one }) =>
    (one.target ?? []).map(target => ({ from: idOf(node), to: idOf(target), event })),
  );
  return [...own, ...childrenOf(node).flatMap(arrowsOf)];
}

/** How far each top state is from the beginning. */
function columnsOf(root: AnyStateNode, arrows: readonly Arrow[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  const initial = root.initial.target?.[0];
  let edge = [initial ? topOf(idOf(initial)) : ''];
  for (let column = 0; edge.length > 0; column++) {
    for (const id of edge) columns.set(id, column);
    edge = [
      ...new Set(arrows.filter(({ from }) => edge.includes(topOf(from))).map(({ to }) => topOf(to))),
    ].filter(id => id !== '' && !columns.has(id));
  }
  return columns;
}

/** Height of a state with all that lies within it. */
function heightOf(node: AnyStateNode): number {
  const children = childrenOf(node);
  if (children.length === 0) return rowHeight;
  return titleHeight + children.reduce((sum, child) => sum + heightOf(child) + gapY / 2, 0) + inset / 2;
}

function place(node: AnyStateNode, x: number, y: number, depth: number): Box[] {
  const children = childrenOf(node);
  const width = boxWidth + 2 * inset * (1 - depth);
  const box: Box = {
    id: idOf(node),
    word: wordOf(node.key),
    x,
    y,
    width,
    height: heightOf(node),
    depth,
    isPassing: (node.always ?? []).length > 0,
    isFinal: node.type === 'final',
  };
  let top = y + titleHeight;
  const inner = children.flatMap(child => {
    const boxes = place(child, x + inset, top, depth + 1);
    top += heightOf(child) + gapY / 2;
    return boxes;
  });
  return [box, ...inner];
}

function layout(): ChartLayout {
  const root: AnyStateNode = sessionMachine.root;
  const tops = childrenOf(root);
  const own = tops.flatMap(arrowsOf);
  // What holds everywhere leads from everywhere: told beside the chart, not drawn from each box.
  const everywhere = transitionsOf(root).flatMap(({ event, one }) =>
    (one.target ?? []).map(target => ({ from: '', to: idOf(target), event })),
  );
  const columns = columnsOf(root, [...own, ...everywhere.map(arrow => ({ ...arrow, from: 'underway' }))]);
  const count = Math.max(...columns.values()) + 1;
  const byColumn = Array.from({ length: count }, (_, column) =>
    tops.filter(node => (columns.get(node.key) ?? 0) === column),
  );
  const middle = new Map<string, number>(tops.map((node, index) => [node.key, index]));
  const neighbours = (key: string): number[] =>
    own
      .filter(({ from, to }) => topOf(from) === key || topOf(to) === key)
      .map(({ from, to }) => middle.get(topOf(from) === key ? topOf(to) : topOf(from)) ?? 0);
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (const nodes of byColumn) {
      const wanted = new Map(
        nodes.map(({ key }) => {
          const near = neighbours(key);
          return [key, near.reduce((sum, one) => sum + one, 0) / Math.max(1, near.length)];
        }),
      );
      nodes.sort((one, other) => (wanted.get(one.key) ?? 0) - (wanted.get(other.key) ?? 0));
      for (const [index, { key }] of nodes.entries()) middle.set(key, index * (8 / nodes.length));
    }
  const heights = byColumn.map(nodes => nodes.reduce((sum, node) => sum + heightOf(node) + gapY, -gapY));
  const height = Math.max(...heights);
  const wide = boxWidth + 2 * inset;
  const boxes = byColumn.flatMap((nodes, column) => {
    let y = (height - (heights[column] ?? 0)) / 2;
    return nodes.flatMap(node => {
      const placed = place(node, column * (wide + gapX), y, 0);
      y += heightOf(node) + gapY;
      return placed;
    });
  });
  return { boxes, arrows: [...own, ...everywhere], width: count * (wide + gapX) - gapX, height };
}

export const chartLayout: ChartLayout = layout();
