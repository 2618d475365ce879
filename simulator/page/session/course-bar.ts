/** The whole session at a glance, as interval timers have it: what is over, where it is, what is still to come. */
import { css, html, LitElement, svg } from 'lit';
import type { View } from '../../../src/server/view-messages.ts';
import { shared } from '../common/styles.ts';
import { piecesOf } from './course.ts';

const heightPx = 12;

export class CourseBar extends LitElement {
  static override properties = {
    passes: { attribute: false },
    passIndex: { attribute: false },
    share: { attribute: false },
  };
  declare passes: View['session']['passes'];
  /** Which pass is under way, from 0; -1 where none is. */
  declare passIndex: number;
  /** How much of it is over, 0 to 1. */
  declare share: number;

  static override styles = [
    shared,
    css`
      svg {
        display: block;
        width: 100%;
        height: 22px;
        overflow: visible;
      }
      .piece {
        fill: var(--line);
      }
      .gone {
        fill: var(--pace);
      }
      .now {
        fill: var(--ink);
      }
      @media (forced-colors: active) {
        .piece {
          fill: Canvas;
          stroke: CanvasText;
        }
        .gone {
          fill: Highlight;
        }
        .now {
          fill: CanvasText;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.passes = [];
    this.passIndex = -1;
    this.share = 0;
  }

  override render() {
    const pieces = piecesOf(this.passes, this.passIndex, this.share);
    return html`<svg aria-hidden="true">
      ${pieces.map(
        ({ place, from, length, gone }) => svg`<rect
          class="piece" x="${from}%" y="6" width="${length}%" height=${heightPx} rx="3"
        ></rect>${
          gone > 0
            ? svg`<rect class="gone" x="${from}%" y="6" width="${length * gone}%" height=${heightPx} rx="3"></rect>`
            : ''
        }${
          place === this.passIndex
            ? svg`<rect class="now" x="${from + length * gone}%" y="2" width="4" height="20" rx="2"></rect>`
            : ''
        }`,
      )}
    </svg>`;
  }
}
customElements.define('course-bar', CourseBar);
