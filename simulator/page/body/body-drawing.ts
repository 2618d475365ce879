/** The figure as SVG: outline, zones by the routine's ids, hatched where nobody presses. */
import { nothing, type SVGTemplateResult, svg } from 'lit';
import { line, mirrored, shape } from './curve.ts';
import { type Aspect, innerLines, middleLine, outline } from './figure.ts';
import { noPress } from './never-pressed.ts';
import { drawingOf, halvesOf } from './place.ts';

/** Crown to crotch and up the other side: one closed line. */
const figurePath = shape([...outline, ...mirrored(outline).toReversed().slice(0, -1)]);

const innerPaths: Readonly<Record<Aspect, readonly string[]>> = {
  front: inner('front'),
  back: inner('back'),
};

function inner(aspect: Aspect): readonly string[] {
  return [
    line(middleLine[aspect]),
    ...innerLines[aspect].flatMap(points => [line(points), line(mirrored(points))]),
  ];
}

/** Lines at 45 degrees, for a `fill` by its id. Each SVG needs its own. */
export const hatching = (id: string): SVGTemplateResult => svg`<defs>
  <pattern id=${id} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class="hatch-ground" width="7" height="7" /><line class="hatch" x1="0" y1="0" x2="0" y2="7" />
  </pattern>
</defs>`;

export type Marked = Readonly<{ zone: string; side: string }>;

/** `marked`: zones to be shown as in use. */
export function bodyDrawing(aspect: Aspect, marked: readonly Marked[]): SVGTemplateResult {
  return svg`<path class="figure" d=${figurePath} />
    ${innerPaths[aspect].map(d => svg`<path class="inner" d=${d} />`)}
    ${marked.map(one => zoneAreas(one, aspect))}`;
}

/** Where nobody presses; drawn over the way of a stroke, because there the hands lift off. */
export const neverDrawing = (aspect: Aspect, hatch: string) =>
  noPress
    .filter(({ aspects }) => aspects.includes(aspect))
    .map(({ area, isMiddle, id }) =>
      (isMiddle ? [area] : [area, mirrored(area)]).map(
        points => svg`<path class="never" data-never=${id} fill="url(#${hatch})" d=${shape(points)} />`,
      ),
    );

/** Where no hand goes today: hatched like what is never pressed, on both sides. */
export const leftOutDrawing = (aspect: Aspect, hatch: string, zones: readonly string[]) =>
  zones.map(zone => {
    const drawing = drawingOf(zone);
    if (!drawing?.aspects.includes(aspect)) return nothing;
    return drawing.areas.map(area =>
      [area, mirrored(area)].map(
        points => svg`<path class="never" data-left-out=${zone} fill="url(#${hatch})" d=${shape(points)} />`,
      ),
    );
  });

function zoneAreas({ zone, side }: Marked, aspect: Aspect) {
  const drawing = drawingOf(zone);
  if (!drawing?.aspects.includes(aspect)) return nothing;
  return halvesOf(side, aspect).map(half =>
    drawing.areas.map(
      area => svg`<path class="zone" data-zone=${zone} d=${shape(half === 1 ? area : mirrored(area))} />`,
    ),
  );
}
