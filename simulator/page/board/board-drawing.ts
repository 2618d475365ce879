/** Both boards that fit, seen from above, each with its cable: which socket is meant needs no words. */
import { css, svg } from 'lit';

export const drawingStyles = css`
  .boards {
    width: min(100%, 23rem);
    fill: none;
    stroke: var(--figure-line);
    stroke-width: 2;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .boards .plate {
    fill: var(--figure);
  }
  .boards .part {
    fill: var(--raised);
  }
  .boards .cable {
    stroke: var(--pace);
    stroke-width: 5;
  }
  .boards .plug {
    fill: var(--pace);
    stroke: var(--pace);
  }
  .boards text {
    fill: var(--ink-soft);
    stroke: none;
    font-size: 13px;
    text-anchor: middle;
  }
`;

/** A row of holes for pins. */
const holes = (x: number, y: number, count: number) =>
  svg`<path stroke-dasharray="2 5" d="M${x} ${y}h${7 * count - 5}" />`;

export const boardDrawing = (uno: string, nano: string) => svg`<svg
  class="boards"
  viewBox="0 0 380 142"
  aria-hidden="true"
>
  <path class="cable" d="M2 48C26 48 26 36 46 36" />
  <rect class="plug" x="46" y="29" width="16" height="14" rx="2" />
  <path class="plate" d="M74 12h112l8 8v18l6 6v52l-6 6v6H74a4 4 0 0 1-4-4V16a4 4 0 0 1 4-4z" />
  <rect class="part" x="62" y="22" width="34" height="28" rx="2" />
  <rect class="part" x="64" y="80" width="28" height="20" rx="2" />
  <rect class="part" x="116" y="70" width="62" height="14" rx="2" />
  <rect class="part" x="126" y="34" width="16" height="16" rx="2" />
  ${holes(106, 20, 11)}${holes(112, 100, 10)}
  <text x="134" y="134">${uno}</text>
  <path class="cable" d="M232 62H252" />
  <rect class="plug" x="252" y="56" width="12" height="12" rx="2" />
  <rect class="plate" x="268" y="36" width="96" height="52" rx="4" />
  <rect class="part" x="262" y="53" width="20" height="18" rx="2" />
  <rect class="part" x="308" y="50" width="24" height="24" rx="2" transform="rotate(45 320 62)" />
  ${holes(284, 43, 10)}${holes(284, 81, 10)}
  <text x="316" y="134">${nano}</text>
</svg>`;
